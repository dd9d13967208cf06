using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>What a tenant uses, below <c>/api/v1/admin/tenants/{id}</c>.</summary>
internal static class TenantModelRoutes
{
    public static void MapTenantModelRoutes(this IEndpointRouteBuilder routes)
    {
        var tenant = routes.MapGroup("/api/v1/admin/tenants/{id:guid}").WithTags("Models");
        tenant.MapGet("/models", GetModelsAsync).RequireRight(Right.Administer).Produces<TenantModelsView>();
        tenant.MapPut("/models", SetModelAsync).RequireRight(Right.Administer).Produces(StatusCodes.Status204NoContent);
        tenant.MapGet("/remote", GetRemoteAsync).RequireRight(Right.ManageTenant).Produces<RemoteView>();
        tenant.MapPut("/remote", SetRemoteAsync).RequireRight(Right.ManageTenant).Produces<RemoteView>();
        tenant.MapDelete("/remote", DeleteRemoteAsync).RequireRight(Right.ManageTenant).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> GetModelsAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new GetTenantModels(new TenantId(id)), cancellationToken)).Reply(Results.Ok);

    private static async Task<IResult> SetModelAsync(Guid id, ModelBody body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetTenantModel(new TenantId(id), body.Domain, body.Role, body.Model), cancellationToken)).Reply(_ => Results.NoContent());

    private static async Task<IResult> GetRemoteAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new GetTenantRemote(new TenantId(id)), cancellationToken)).Reply(Results.Ok);

    private static async Task<IResult> SetRemoteAsync(Guid id, RemoteFields body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new SetTenantRemote(new TenantId(id), body), cancellationToken)).Reply(Results.Ok);

    private static async Task<IResult> DeleteRemoteAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DeleteTenantRemote(new TenantId(id)), cancellationToken)).Reply(_ => Results.NoContent());

    /// <summary>Chooses the model of one role.</summary>
    /// <param name="Role">chat, embedding or reranker.</param>
    /// <param name="Model">An installed model's name; none: no model, answers quote; null or left out: the choice is taken back.</param>
    /// <param name="Domain">Id of a domain; left out: every domain without a choice of its own.</param>
    internal sealed record ModelBody(string Role, string? Model = null, string? Domain = null);
}
