using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Conversations;

/// <summary>Conversations over HTTP. Another user's id looks like one that does not exist.</summary>
internal static class ConversationRoutes
{
    public static void MapConversationRoutes(this IEndpointRouteBuilder routes)
    {
        var conversations = routes.MapGroup("/api/v1/domains/{domain}/conversations").WithTags("Conversations");
        conversations.MapPost("", CreateAsync).RequireRight(Right.Ask).Idempotent().Produces<ConversationView>(StatusCodes.Status201Created);
        conversations.MapGet("", ListAsync).RequireRight(Right.Ask).Produces<Page<ConversationView>>();
        conversations.MapDelete("", DeleteAllAsync).RequireRight(Right.Ask).Produces(StatusCodes.Status204NoContent);
        conversations.MapGet("/{id:guid}", GetAsync).RequireRight(Right.Ask).Produces<WholeConversation>();
        conversations.MapDelete("/{id:guid}", DeleteAsync).RequireRight(Right.Ask).Produces(StatusCodes.Status204NoContent);
        conversations.MapPut("/{id:guid}/turns/{turn:guid}/rating", RateAsync).RequireRight(Right.Ask).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> CreateAsync(string domain, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new CreateConversation(domain), cancellationToken) is { } made
            ? Results.Created($"/api/v1/domains/{made.Domain}/conversations/{made.Id:D}", made)
            : Problems.UnknownDomain();

    private static async Task<IResult> ListAsync(
        string domain, [AsParameters] PageQuery page, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new ListConversations(domain, page), cancellationToken) is { } found ? Results.Ok(found) : Problems.UnknownDomain();

    private static async Task<IResult> DeleteAllAsync(string domain, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new DeleteConversations(domain), cancellationToken) ? Results.NoContent() : Problems.UnknownDomain();

    private static async Task<IResult> GetAsync(string domain, Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new GetConversation(domain, id), cancellationToken) is { } found ? Results.Ok(found) : Problems.NotFound();

    private static async Task<IResult> DeleteAsync(string domain, Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new DeleteConversation(domain, id), cancellationToken) ? Results.NoContent() : Problems.NotFound();

    private static async Task<IResult> RateAsync(string domain, Guid id, Guid turn, RatingBody body, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new RateTurn(domain, id, turn, body.Useful), cancellationToken) ? Results.NoContent() : Problems.NotFound();

    /// <param name="Useful">Whether the answer was; null takes back what was said.</param>
    internal sealed record RatingBody(bool? Useful);
}
