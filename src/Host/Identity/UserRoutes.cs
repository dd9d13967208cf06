using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Startup;
using Tessera.Sdk;

namespace Tessera.Host.Identity;

/// <summary>Users over HTTP.</summary>
internal static class UserRoutes
{
    private const string Root = "/api/v1/admin/users";

    public static void MapUserRoutes(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup(Root).WithTags("Users");
        users.MapPost("", CreateAsync).RequireRight(Right.Administer).Idempotent().Produces<UserView>(StatusCodes.Status201Created);
        users.MapGet("", ListAsync).RequireRight(Right.Administer).Produces<Page<UserView>>();
        users.MapGet("/{id:guid}", GetAsync).RequireRight(Right.Administer).Produces<UserView>();
        users.MapPatch("/{id:guid}", ChangeAsync).RequireRight(Right.Administer).Produces<UserView>();
        users.MapDelete("/{id:guid}", DeleteAsync).RequireRight(Right.Administer).Produces(StatusCodes.Status204NoContent);
        routes.MapPost("/api/v1/admin/password-resets", ResetAsync).WithTags("Users")
            .RequireRight(Right.Administer).Idempotent().Produces<UserView>();
    }

    private static async Task<IResult> CreateAsync(NewUserBody body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new CreateUser(new TenantId(body.TenantId), body.Name, body.Role, body.Password), cancellationToken))
            .Reply(user => Results.Created($"{Root}/{user.Id:D}", user));

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page, Guid? tenantId, IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(await mediator.Send(new ListUsers(tenantId is { } id ? new TenantId(id) : null, page), cancellationToken));

    private static async Task<IResult> GetAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new GetUser(id), cancellationToken) is { } user ? Results.Ok(user) : Problems.NotFound();

    private static async Task<IResult> ChangeAsync(Guid id, UserBody body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ChangeUser(id, body.Role, body.Suspended, body.Password), cancellationToken)).Reply(Results.Ok);

    private static async Task<IResult> DeleteAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DeleteUser(id), cancellationToken)).Reply(_ => Results.NoContent());

    private static async Task<IResult> ResetAsync(ResetBody body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ResetPassword(body.Name), cancellationToken)).Reply(Results.Ok);

    /// <param name="Password">Left out: one is made, and is in the reply, once.</param>
    internal sealed record NewUserBody(Guid TenantId, string Name, UserRole Role, string? Password = null);

    /// <summary>What is left out stays as it is.</summary>
    internal sealed record UserBody(UserRole? Role = null, bool? Suspended = null, string? Password = null);

    /// <param name="Name">Of the user who lost their password.</param>
    internal sealed record ResetBody(string Name);
}
