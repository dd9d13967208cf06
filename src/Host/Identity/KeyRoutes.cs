using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Startup;

namespace Tessera.Host.Identity;

/// <summary>Keys over HTTP.</summary>
internal static class KeyRoutes
{
    private const string Root = "/api/v1/admin/keys";

    public static void MapKeyRoutes(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup(Root).WithTags("Keys");
        keys.MapPost("", CreateAsync).RequireRight(Right.Administer).Idempotent().Produces<NewKey>(StatusCodes.Status201Created);
        keys.MapGet("", ListAsync).RequireRight(Right.Administer).Produces<Page<KeyView>>();
        keys.MapGet("/{id:guid}", GetAsync).RequireRight(Right.Administer).Produces<KeyView>();
        keys.MapPatch("/{id:guid}", ChangeAsync).RequireRight(Right.Administer).Produces<KeyView>();
        keys.MapDelete("/{id:guid}", DeleteAsync).RequireRight(Right.Administer).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> CreateAsync(NewKeyBody body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new CreateKey(body.UserId, body.Name, body.Scopes, body.ExpiresAt), cancellationToken))
            .Reply(key => Results.Created($"{Root}/{key.Id:D}", key));

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page, Guid? userId, IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(await mediator.Send(new ListKeys(userId, page), cancellationToken));

    private static async Task<IResult> GetAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new GetKey(id), cancellationToken) is { } key ? Results.Ok(key) : Problems.NotFound();

    private static async Task<IResult> ChangeAsync(Guid id, KeyBody body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ChangeKey(id, body.Name, body.Scopes, body.ExpiresAt), cancellationToken)).Reply(Results.Ok);

    private static async Task<IResult> DeleteAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DeleteKey(id), cancellationToken)).Reply(_ => Results.NoContent());

    /// <param name="Scopes">Empty or left out: all rights of the user.</param>
    /// <param name="ExpiresAt">Left out: never.</param>
    internal sealed record NewKeyBody(
        Guid UserId, string Name, IReadOnlyList<string>? Scopes = null, DateTimeOffset? ExpiresAt = null);

    /// <summary>What is left out stays as it is.</summary>
    internal sealed record KeyBody(string? Name = null, IReadOnlyList<string>? Scopes = null, DateTimeOffset? ExpiresAt = null);
}
