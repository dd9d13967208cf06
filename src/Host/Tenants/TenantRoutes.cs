using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Sdk;

namespace Tessera.Host.Tenants;

/// <summary>Tenants over HTTP.</summary>
internal static class TenantRoutes
{
    private const string Root = "/api/v1/admin/tenants";

    public static void MapTenantRoutes(this IEndpointRouteBuilder routes)
    {
        var tenants = routes.MapGroup(Root).WithTags("Tenants");
        tenants.MapPost("", CreateAsync).RequireRight(Right.ManagePlatform).Idempotent().Produces<TenantView>(StatusCodes.Status201Created);
        tenants.MapGet("", ListAsync).RequireRight(Right.Administer).Produces<Page<TenantView>>();
        tenants.MapGet("/{id:guid}", GetAsync).RequireRight(Right.Administer).Produces<TenantView>();
        tenants.MapPatch("/{id:guid}", RenameAsync).RequireRight(Right.Administer).Produces<TenantView>();
        tenants.MapDelete("/{id:guid}", DeleteAsync).RequireRight(Right.ManagePlatform).Produces(StatusCodes.Status204NoContent);
        tenants.MapPut("/{id:guid}/domains/{domain}", EnableAsync).RequireRight(Right.Administer).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> CreateAsync(TenantBody body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new CreateTenant(body.Name), cancellationToken)).Reply(
            tenant => Results.Created($"{Root}/{tenant.Id:D}", tenant));

    private static async Task<IResult> ListAsync([AsParameters] PageQuery page, IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(await mediator.Send(new ListTenants(page), cancellationToken));

    private static async Task<IResult> GetAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new GetTenant(new TenantId(id)), cancellationToken) is { } tenant ? Results.Ok(tenant) : Problems.NotFound();

    private static async Task<IResult> RenameAsync(Guid id, TenantBody body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new RenameTenant(new TenantId(id), body.Name), cancellationToken)).Reply(Results.Ok);

    private static async Task<IResult> DeleteAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DeleteTenant(new TenantId(id)), cancellationToken)).Reply(_ => Results.NoContent());

    private static async Task<IResult> EnableAsync(
        Guid id, string domain, EnableBody body, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new EnableDomain(new TenantId(id), domain, body.Enabled), cancellationToken) switch
        {
            EnableOutcome.Done => Results.NoContent(),
            EnableOutcome.UnknownDomain => Problems.Of(ErrorCode.UnknownDomain, "No domain of this name is installed."),
            _ => Problems.NotFound(),
        };

    /// <param name="Name">Unique without regard to case.</param>
    internal sealed record TenantBody(string Name);

    internal sealed record EnableBody(bool Enabled);
}
