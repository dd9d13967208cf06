using Mediator;
using Tessera.Host.Answers.Load;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Explaining;

namespace Tessera.Host.Answers;

/// <summary>The passages that a search finds, each with why.</summary>
/// <param name="Top">How many, 1 to <see cref="SearchPassages.Most"/>.</param>
/// <param name="Filter">Limits the search; null: all of the domain's documents.</param>
/// <param name="Setup">Id of what takes part.</param>
internal sealed record ExplainSearch(string Domain, string Query, int Top, SearchFilter? Filter, string Setup) : IRequest<ExplainOutcome>, IRequireRight
{
    public Right Right => Right.Ask;
}

/// <summary>What an explained search ends with. Closed.</summary>
internal abstract record ExplainOutcome
{
    private ExplainOutcome()
    {
    }

    /// <summary>The tenant has no such domain.</summary>
    internal sealed record UnknownDomain : ExplainOutcome;

    /// <summary>The search cannot be made.</summary>
    /// <param name="Problem">What is wrong, as a sentence.</param>
    internal sealed record Invalid(string Problem) : ExplainOutcome;

    /// <summary>It was made.</summary>
    internal sealed record Explained(ExplanationView Explanation) : ExplainOutcome;
}

/// <summary>An explained search as callers see it.</summary>
/// <param name="Setup">What took part.</param>
/// <param name="Ranked">Whether the domain's ranker ordered the passages; else the weighted sum of their signals did.</param>
/// <param name="Candidates">How many chunks were looked at.</param>
/// <param name="Milliseconds">What the search took, without its explanation.</param>
/// <param name="Words">What was searched: the question's own words, then those that the domain added; empty where it has only stop words.</param>
/// <param name="Passages">Best first.</param>
/// <param name="Reranking">What became of the second reading by a reranker; null: none is installed, or the setup leaves it out.</param>
public sealed record ExplanationView(
    string Setup, bool Ranked, int Candidates, double Milliseconds, IReadOnlyList<AskedWord> Words, IReadOnlyList<ExplainedPassageView> Passages, RerankingView? Reranking);

internal sealed class ExplainSearchHandler(DomainWorkspaces workspaces, TenantDbContext rows, CurrentTenant tenant, QuestionPlace place, Retriever retriever)
    : IRequestHandler<ExplainSearch, ExplainOutcome>
{
    public async ValueTask<ExplainOutcome> Handle(ExplainSearch request, CancellationToken cancellationToken)
    {
        if (SearchPassages.Problem(request.Query, request.Top) is { } problem)
        {
            return new ExplainOutcome.Invalid(problem);
        }

        if (RetrievalSetup.Find(request.Setup) is not { } setup)
        {
            return new ExplainOutcome.Invalid($"setup is one of: {string.Join(", ", RetrievalSetup.All.Select(x => x.Id))}.");
        }

        await place.TakeAsync(cancellationToken);
        return await place.WorkAsync(() => ExplainAsync(request, setup, cancellationToken), cancellationToken);
    }

    private async Task<ExplainOutcome> ExplainAsync(ExplainSearch request, RetrievalSetup setup, CancellationToken cancellationToken)
    {
        if (await workspaces.OpenAsync(tenant.Id, request.Domain, cancellationToken) is not { } workspace)
        {
            return new ExplainOutcome.UnknownDomain();
        }

        var store = new LiveChunkStore(workspace.Store, rows, request.Domain);
        var found = await retriever.ExplainAsync(
            workspace with { Store = store },
            new RetrievalQuery(request.Query, request.Top) { Filter = request.Filter, Setup = setup },
            store.NameOf,
            cancellationToken);
        return new ExplainOutcome.Explained(new ExplanationView(
            setup.Id,
            found.Ranked,
            found.Candidates,
            found.Elapsed.TotalMilliseconds,
            found.Words,
            [.. found.Passages.Select(passage => ExplainedPassageView.Of(passage, store.DocumentOf))],
            RerankingView.Of(found.Reranking)));
    }
}
