using Mediator;
using Tessera.Host.Answers.Load;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>The passages of a domain of the current tenant that match best.</summary>
/// <param name="Top">How many, 1 to <see cref="Most"/>.</param>
/// <param name="Filter">Limits the search; null: all of the domain's documents.</param>
internal sealed record SearchPassages(string Domain, string Query, int Top, SearchFilter? Filter)
    : IRequest<SearchOutcome>, IRequireRight
{
    /// <summary>Most passages of one search.</summary>
    public const int Most = 200;

    public Right Right => Right.Ask;

    /// <summary>Why a search cannot be made, as a sentence; null: it can.</summary>
    public static string? Problem(string query, int top) =>
        top is < 1 or > Most ? $"top is 1 to {Most}."
        : query.Length > AskQuestion.Longest || string.IsNullOrWhiteSpace(query) ? $"query has 1 to {AskQuestion.Longest} characters, not all of them blank."
        : null;
}

/// <summary>What a search ends with. Closed.</summary>
internal abstract record SearchOutcome
{
    private SearchOutcome()
    {
    }

    /// <summary>The tenant has no such domain.</summary>
    internal sealed record UnknownDomain : SearchOutcome;

    /// <summary>The search cannot be made.</summary>
    /// <param name="Problem">What is wrong, as a sentence.</param>
    internal sealed record Invalid(string Problem) : SearchOutcome;

    /// <summary>Best first; empty where nothing matches.</summary>
    internal sealed record Found(IReadOnlyList<PassageView> Passages) : SearchOutcome;
}

internal sealed class SearchPassagesHandler(
    DomainWorkspaces workspaces, TenantDbContext rows, CurrentTenant tenant, QuestionPlace place, Retriever retriever)
    : IRequestHandler<SearchPassages, SearchOutcome>
{
    public async ValueTask<SearchOutcome> Handle(SearchPassages request, CancellationToken cancellationToken)
    {
        if (SearchPassages.Problem(request.Query, request.Top) is { } problem)
        {
            return new SearchOutcome.Invalid(problem);
        }

        await place.TakeAsync(cancellationToken);
        return await place.WorkAsync(() => FindAsync(request, cancellationToken), cancellationToken);
    }

    private async Task<SearchOutcome> FindAsync(SearchPassages request, CancellationToken cancellationToken)
    {
        if (await workspaces.OpenAsync(tenant.Id, request.Domain, cancellationToken) is not { } workspace)
        {
            return new SearchOutcome.UnknownDomain();
        }

        var store = new LiveChunkStore(workspace.Store, rows, request.Domain);
        var found = await retriever.SearchAsync(
            workspace with { Store = store }, new RetrievalQuery(request.Query, request.Top) { Filter = request.Filter, Sections = true }, cancellationToken);
        return new SearchOutcome.Found([.. found.Select(passage => PassageView.Of(passage.Passage, store.DocumentOf))]);
    }
}
