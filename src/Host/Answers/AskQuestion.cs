using Mediator;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Rag.Answers;
using Tessera.Rag.Retrieval;

namespace Tessera.Host.Answers;

/// <summary>A question to a domain of the current tenant.</summary>
/// <param name="Filter">Only these documents may answer; null: all of the domain's.</param>
internal sealed record AskQuestion(string Domain, string Question, SearchFilter? Filter) : IRequest<AskOutcome>, IRequireRight
{
    /// <summary>Most characters of a question, UTF-16 code units.</summary>
    public const int Longest = 8000;

    public Right Right => Right.Ask;
}

/// <summary>What becomes of a question. Closed.</summary>
internal abstract record AskOutcome
{
    private AskOutcome()
    {
    }

    /// <summary>The tenant has no such domain.</summary>
    internal sealed record UnknownDomain : AskOutcome;

    /// <summary>It has more than <see cref="AskQuestion.Longest"/> characters.</summary>
    internal sealed record TooLong : AskOutcome;

    /// <summary>It has no words.</summary>
    internal sealed record Empty : AskOutcome;

    /// <summary>The work begins when the steps are read, once, while the scope that sent the question lives.</summary>
    internal sealed record Answering(IAsyncEnumerable<AnswerStep> Steps) : AskOutcome;
}

internal sealed class AskQuestionHandler(
    DomainWorkspaces workspaces, TenantDbContext rows, CurrentTenant tenant, AnswerPipeline pipeline)
    : IRequestHandler<AskQuestion, AskOutcome>
{
    public async ValueTask<AskOutcome> Handle(AskQuestion request, CancellationToken cancellationToken)
    {
        if (request.Question.Length > AskQuestion.Longest)
        {
            return new AskOutcome.TooLong();
        }

        if (string.IsNullOrWhiteSpace(request.Question))
        {
            return new AskOutcome.Empty();
        }

        if (await workspaces.OpenAsync(tenant.Id, request.Domain, cancellationToken) is not { } workspace)
        {
            return new AskOutcome.UnknownDomain();
        }

        var store = new LiveChunkStore(workspace.Store, rows, request.Domain);
        var events = pipeline.AnswerAsync(
            workspace with { Store = store }, new Question(request.Question) { Filter = request.Filter }, cancellationToken);
        return new AskOutcome.Answering(AnswerSteps.ReadAsync(events, store, cancellationToken));
    }
}
