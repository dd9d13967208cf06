using Mediator;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;

namespace Tessera.Host.Portal;

/// <summary>What the Domains page does.</summary>
internal static class PortalDomains
{
    /// <summary>Domain packages, as far as the person may see them, and whether their tenant uses them.</summary>
    public static Task<IReadOnlyList<DomainCard>> PluginsAsync(this PortalSession session) => session.WorkAsync<IReadOnlyList<DomainCard>>(
        async (services, cancellationToken) =>
        {
            var tenant = services.GetRequiredService<CurrentTenant>().Id;
            var enabled = (await services.GetRequiredService<EnabledDomains>().ListAsync(tenant, cancellationToken))
                .Select(x => x.Manifest.Id).ToHashSet(StringComparer.Ordinal);
            var plugins = await services.GetRequiredService<IMediator>().Send(new ListPlugins(), cancellationToken);
            return [.. plugins.Select(x => new DomainCard(x, enabled.Contains(x.Id)))];
        });

    /// <summary>Switches a domain on or off for the person's tenant.</summary>
    public static Task EnableAsync(this PortalSession session, string domain, bool enabled) => session.WorkAsync(
        async (services, cancellationToken) => await services.GetRequiredService<IMediator>().Send(
            new EnableDomain(services.GetRequiredService<CurrentTenant>().Id, domain, enabled), cancellationToken));

    /// <summary>Installs a package; null when it is active, else why it was refused.</summary>
    public static async Task<string?> InstallAsync(this PortalSession session, Stream content)
    {
        using var package = new MemoryStream();
        await content.CopyToAsync(package);
        return await session.SendAsync(new InstallPlugin(package.ToArray())) is PluginOutcome.Refused refused ? refused.Refusal.Reason : null;
    }
}

/// <summary>A plugin and whether the person's tenant may use it.</summary>
internal sealed record DomainCard(PluginView Plugin, bool Enabled);
