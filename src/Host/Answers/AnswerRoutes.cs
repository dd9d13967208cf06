using Mediator;
using Tessera.Host.Answers.Load;
using Tessera.Host.Conversations;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Rag.Retrieval;

namespace Tessera.Host.Answers;

/// <summary>Domains, searches and questions over HTTP.</summary>
internal static class AnswerRoutes
{
    private const int DefaultTop = 10;

    public static void MapAnswerRoutes(this IEndpointRouteBuilder routes)
    {
        var domains = routes.MapGroup("/api/v1/domains").WithTags("Answers");
        domains.MapGet("", ListAsync).RequireRight(Right.SeeDomains).Produces<DomainList>();
        domains.MapPost("/{domain}/search", SearchAsync).RequireRight(Right.Ask).TakesPlace().Produces<SearchReply>();
        domains.MapPost("/{domain}/search/explain", ExplainAsync).RequireRight(Right.Ask).TakesPlace().Produces<ExplanationView>()
            .WithSummary("Search, and say why each passage was found")
            .WithDescription(
                "The same passages in the same order as a search, each with its signals, what each of them adds to its score, the searched words that it holds and "
                + $"the words that promise others. setup chooses what takes part: {string.Join(", ", RetrievalSetup.All.Select(x => x.Id))}.");
        domains.MapPost("/{domain}/answers", AskAsync).RequireRight(Right.Ask).TakesPlace()
            .Produces<AnswerView>(StatusCodes.Status200OK, "application/json", AnswerStream.ContentType);
    }

    private static async Task<IResult> ListAsync(IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(new DomainList(await mediator.Send(new ListDomains(), cancellationToken)));

    private static async Task<IResult> SearchAsync(
        string domain, SearchBody body, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new SearchPassages(domain, body.Query, body.Top, body.Filter?.Read()), cancellationToken) switch
        {
            SearchOutcome.Found found => Results.Ok(new SearchReply(found.Passages)),
            SearchOutcome.Invalid invalid => Problems.Of(ErrorCode.InvalidRequest, invalid.Problem),
            _ => Problems.UnknownDomain(),
        };

    private static async Task<IResult> ExplainAsync(
        string domain, ExplainBody body, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new ExplainSearch(domain, body.Query, body.Top, body.Filter?.Read(), body.Setup ?? RetrievalSetup.Configured.Id), cancellationToken) switch
        {
            ExplainOutcome.Explained explained => Results.Ok(explained.Explanation),
            ExplainOutcome.Invalid invalid => Problems.Of(ErrorCode.InvalidRequest, invalid.Problem),
            _ => Problems.UnknownDomain(),
        };

    private static async Task<IResult> AskAsync(
        string domain, AnswerBody body, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new AskQuestion(domain, body.Question, body.Filter?.Read(), body.ConversationId), cancellationToken) switch
        {
            AskOutcome.Answering answering when body.Stream => new AnswerStream(answering.Steps),
            AskOutcome.Answering answering => Results.Ok(await WholeAsync(answering.Steps, cancellationToken)),
            AskOutcome.Empty => Problems.Of(ErrorCode.InvalidRequest, "The question is empty."),
            AskOutcome.TooLong => Problems.Of(ErrorCode.InvalidRequest, $"A question has at most {AskQuestion.Longest} characters."),
            AskOutcome.UnknownConversation => Problems.NotFound(),
            AskOutcome.Full => Problems.Of(ErrorCode.Conflict, ConversationTurns.FullText),
            _ => Problems.UnknownDomain(),
        };

    private static async Task<AnswerView> WholeAsync(IAsyncEnumerable<AnswerStep> steps, CancellationToken cancellationToken)
    {
        await foreach (var step in steps.WithCancellation(cancellationToken))
        {
            if (step is AnswerStep.Completed completed)
            {
                return completed.Answer;
            }

            if (step is AnswerStep.Refused refused)
            {
                return refused.Answer;
            }
        }

        throw new InvalidOperationException("The answer has no end.");
    }

    /// <param name="Items">Ordered by id.</param>
    internal sealed record DomainList(IReadOnlyList<DomainView> Items);

    /// <param name="Query">Words or a question.</param>
    /// <param name="Top">How many passages, 1 to 200.</param>
    internal sealed record SearchBody(string Query, int Top = DefaultTop, FilterFields? Filter = null);

    /// <param name="Query">Words or a question.</param>
    /// <param name="Top">How many passages, 1 to 200.</param>
    /// <param name="Setup">What takes part; as the domain is configured where it is left out.</param>
    internal sealed record ExplainBody(string Query, int Top = DefaultTop, FilterFields? Filter = null, string? Setup = null);

    /// <param name="Passages">Best first.</param>
    internal sealed record SearchReply(IReadOnlyList<PassageView> Passages);

    /// <param name="Stream">True: server-sent events.</param>
    /// <param name="ConversationId">The conversation that the question belongs to.</param>
    internal sealed record AnswerBody(string Question, bool Stream = false, Guid? ConversationId = null, FilterFields? Filter = null);
}
