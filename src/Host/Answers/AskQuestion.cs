using Mediator;
using Tessera.Host.Answers.Load;
using Tessera.Host.Conversations;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Rag;
using Tessera.Rag.Answers;
using Tessera.Rag.Retrieval;

namespace Tessera.Host.Answers;

/// <summary>A question to a domain of the current tenant.</summary>
/// <param name="Filter">Only these documents may answer; null: all of the domain's.</param>
/// <param name="ConversationId">The caller's conversation that it goes on with; null: it stands by itself.</param>
/// <param name="Earlier">What was asked and answered before, where no conversation of ours keeps it.</param>
internal sealed record AskQuestion(
    string Domain, string Question, SearchFilter? Filter, Guid? ConversationId = null, IReadOnlyList<Turn>? Earlier = null) : IRequest<AskOutcome>, IRequireRight
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

    /// <summary>The caller has no such conversation in the domain.</summary>
    internal sealed record UnknownConversation : AskOutcome;

    /// <summary>The conversation has <see cref="ConversationTurns.Most"/> turns.</summary>
    internal sealed record Full : AskOutcome;

    /// <summary>It has more than <see cref="AskQuestion.Longest"/> characters.</summary>
    internal sealed record TooLong : AskOutcome;

    /// <summary>It has no words.</summary>
    internal sealed record Empty : AskOutcome;

    /// <summary>The work begins when the steps are read, once, while the scope that sent the question lives.</summary>
    internal sealed record Answering(IAsyncEnumerable<AnswerStep> Steps) : AskOutcome;
}

internal sealed class AskQuestionHandler(
    DomainWorkspaces workspaces, TenantDbContext rows, CurrentTenant tenant, QuestionPlace place, AnswerPipeline pipeline, ConversationDoor door, ConversationTurns turns)
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

        await place.TakeAsync(cancellationToken);
        if (await workspaces.OpenAsync(tenant.Id, request.Domain, cancellationToken) is not { } workspace)
        {
            return new AskOutcome.UnknownDomain();
        }

        if (request.ConversationId is not { } id)
        {
            return new AskOutcome.Answering(Answer(request, workspace, request.Earlier ?? [], cancellationToken));
        }

        if (await door.FindAsync(request.Domain, id, cancellationToken) is not { } conversation)
        {
            return new AskOutcome.UnknownConversation();
        }

        if (await turns.IsFullAsync(id, cancellationToken))
        {
            return new AskOutcome.Full();
        }

        var steps = Answer(request, workspace, await turns.LastAsync(id, cancellationToken), cancellationToken);
        return new AskOutcome.Answering(turns.KeepAsync(steps, conversation, request.Question, cancellationToken));
    }

    private IAsyncEnumerable<AnswerStep> Answer(
        AskQuestion request, DomainWorkspace workspace, IReadOnlyList<Turn> earlier, CancellationToken cancellationToken)
    {
        var store = new LiveChunkStore(workspace.Store, rows, request.Domain);
        var question = new Question(request.Question) { Filter = request.Filter, Earlier = earlier };
        var events = place.WorkAsync(pipeline.AnswerAsync(workspace with { Store = store }, question, cancellationToken), onlyFirst: workspace.Chat is not null, cancellationToken);
        return AnswerSteps.ReadAsync(events, store, cancellationToken);
    }
}
