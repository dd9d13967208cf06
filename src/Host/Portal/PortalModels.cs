using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Models;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;
using static Tessera.Host.Portal.PortalOrders;

namespace Tessera.Host.Portal;

/// <summary>What the Models page does.</summary>
internal static class PortalModels
{
    /// <summary>Takes a model in; it is there when this ends well.</summary>
    /// <exception cref="ProblemException">It was not taken; the message says why.</exception>
    public static Task<NewModel> AddModelAsync(this PortalSession session, string name, Stream content, CancellationToken cancellationToken) => session.WorkAsync(
        async (services, token) =>
        {
            var limit = services.GetRequiredService<TesseraOptions>().ModelLimit;
            using var file = await services.GetRequiredService<ModelFiles>().StageAsync(content, limit, token)
                ?? throw new ProblemException(ErrorCode.TooLarge, $"The file is larger than {limit >> 20} MB.");
            return Done(await services.GetRequiredService<IMediator>().Send(new AddModel(file, name, null, null), token));
        },
        cancellationToken);

    /// <summary>What the person's tenant chose, and the domains that it uses.</summary>
    public static Task<TenantChoices> TenantModelsAsync(this PortalSession session) => session.WorkAsync(
        async (services, cancellationToken) =>
        {
            var tenant = services.GetRequiredService<CurrentTenant>().Id;
            var mediator = services.GetRequiredService<IMediator>();
            var domains = await services.GetRequiredService<EnabledDomains>().ListAsync(tenant, cancellationToken);
            return new TenantChoices(
                Done(await mediator.Send(new GetTenantModels(tenant), cancellationToken)),
                [.. domains.Select(plugin => (plugin.Profile.Id, plugin.Profile.Name))]);
        });

    /// <summary>Chooses the chat model of a domain, or of every domain (null), of the person's tenant.</summary>
    /// <exception cref="ProblemException">It cannot be chosen.</exception>
    public static Task ChooseModelAsync(this PortalSession session, string? domain, string? model) => session.WorkAsync(
        async (services, cancellationToken) => Done(await services.GetRequiredService<IMediator>().Send(
            new SetTenantModel(services.GetRequiredService<CurrentTenant>().Id, domain, "chat", model), cancellationToken)));

    /// <summary>The server elsewhere of the person's tenant.</summary>
    public static Task<RemoteView> RemoteAsync(this PortalSession session) => session.WorkAsync(
        async (services, cancellationToken) => Done(await services.GetRequiredService<IMediator>().Send(
            new GetTenantRemote(services.GetRequiredService<CurrentTenant>().Id), cancellationToken)));

    /// <summary>Names the server elsewhere of the person's tenant; null forgets it.</summary>
    /// <exception cref="ProblemException">It is not taken.</exception>
    public static async Task SetRemoteAsync(this PortalSession session, RemoteFields? fields)
    {
        await session.WorkAsync(async (services, cancellationToken) =>
        {
            var (mediator, tenant) = (services.GetRequiredService<IMediator>(), services.GetRequiredService<CurrentTenant>().Id);
            return fields is null
                ? Done(await mediator.Send(new DeleteTenantRemote(tenant), cancellationToken)) == Unit.Value
                : Done(await mediator.Send(new SetTenantRemote(tenant, fields), cancellationToken)) is not null;
        });
        await session.EnterAsync();
    }
}

/// <summary>What a tenant chose, and the domains that it uses.</summary>
internal sealed record TenantChoices(TenantModelsView Models, IReadOnlyList<(string Id, string Name)> Domains);
