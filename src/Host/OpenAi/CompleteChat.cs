using Mediator;
using Microsoft.Extensions.AI;
using Tessera.Host.Answers;
using Tessera.Host.Answers.Load;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Models;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Inference;
using Tessera.Rag.Answers;

namespace Tessera.Host.OpenAi;

/// <summary>A completion by a domain, by the domain that knows best (<see cref="Auto"/>), or by a bare model.</summary>
internal sealed record CompleteChat(CompletionRequest Request) : IRequest<CompleteOutcome>, IRequireRight
{
    /// <summary>The name under which a domain is picked for the question.</summary>
    public const string Auto = "auto";

    public Right Right => Right.Converse;
}

/// <summary>What becomes of a completion. Closed.</summary>
internal abstract record CompleteOutcome
{
    private CompleteOutcome()
    {
    }

    /// <summary>The caller has no domain and no model of this name.</summary>
    internal sealed record UnknownModel : CompleteOutcome;

    /// <summary>The work begins when the updates are read, once.</summary>
    /// <param name="Name">Who writes.</param>
    internal sealed record Writing(string Name, IAsyncEnumerable<CompletionPiece> Pieces) : CompleteOutcome;
}

internal sealed class CompleteChatHandler(
    IMediator mediator, NamedModels models, IModelCatalog catalog, ModelRents rents, EnabledDomains domains, DomainPick pick, QuestionPlace place, CurrentTenant tenant)
    : IRequestHandler<CompleteChat, CompleteOutcome>
{
    public async ValueTask<CompleteOutcome> Handle(CompleteChat request, CancellationToken cancellationToken)
    {
        var asked = request.Request;
        await place.TakeAsync(cancellationToken);
        if (tenant.Caller.Has(Right.Ask))
        {
            var domain = asked.Model == CompleteChat.Auto ? await pick.FindAsync(QuestionOf(asked), cancellationToken) : asked.Model;
            if (domain is not null && await domains.FindAsync(tenant.Id, domain, cancellationToken) is not null && await AskAsync(domain, asked, cancellationToken) is { } answer)
            {
                return answer;
            }
        }

        place.Rest();
        return tenant.Caller.Has(Right.UseModels) && await models.FindAsync(asked.Model, ModelRole.Chat, cancellationToken) is { } model
            ? new CompleteOutcome.Writing(model.Name, ModelPieces.WriteAsync(catalog, model, rents.OwnerOf(tenant.Id), asked, cancellationToken))
            : new CompleteOutcome.UnknownModel();
    }

    private async Task<CompleteOutcome?> AskAsync(string domain, CompletionRequest request, CancellationToken cancellationToken)
    {
        var outcome = await mediator.Send(new AskQuestion(domain, QuestionOf(request), null, Earlier: EarlierOf(request)), cancellationToken);
        return outcome switch
        {
            AskOutcome.Answering answering => new CompleteOutcome.Writing(domain, AnswerPieces.ReadAsync(answering.Steps, cancellationToken)),
            AskOutcome.TooLong => throw new ProblemException(ErrorCode.InvalidRequest, $"messages: a question has at most {AskQuestion.Longest} characters."),
            AskOutcome.Empty => throw new ProblemException(ErrorCode.InvalidRequest, "messages: the last one of the user is empty."),
            _ => null,
        };
    }

    private static string QuestionOf(CompletionRequest request) =>
        request.Messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text
        ?? throw new ProblemException(ErrorCode.InvalidRequest, "messages: none is of the user.");

    // A user's message and what was answered to it.
    private static List<Turn> EarlierOf(CompletionRequest request)
    {
        var turns = new List<Turn>();
        string? question = null;
        foreach (var message in request.Messages)
        {
            if (message.Role == ChatRole.User)
            {
                question = message.Text;
            }
            else if (message.Role == ChatRole.Assistant && question is not null)
            {
                turns.Add(new Turn(question, message.Text));
                question = null;
            }
        }

        return turns;
    }
}
