using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;

namespace Tessera.Host.Adapting;

/// <summary>Lets go of adapted models that are of no use any more: another package came, or their files are not as they were kept.</summary>
internal sealed class AdaptationReconciler(TenantScopes tenants, LoadedPlugins plugins, AdaptedModels models, AdaptedFiles files)
{
    public const string Outdated = "The domain's package was replaced by another version; its own models are used. Adapt them again.";
    private const string Damaged = "The adapted models on the disk are damaged or gone; the package's own are used. Adapt them again.";

    /// <summary>At the start, before indexes are looked at and anything runs; also deletes text that a run has left whose process died.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => tenants.ForEachAsync(
        async (tenant, services) =>
        {
            files.DeleteWork(tenant);
            var rows = services.GetRequiredService<TenantDbContext>();
            foreach (var domain in await rows.Adaptations.Select(row => row.Domain).Distinct().ToListAsync(cancellationToken))
            {
                await BringAsync(services, domain, cancellationToken);
            }
        },
        cancellationToken);

    /// <summary>When another host may have changed which models tenants use.</summary>
    public Task FollowAsync(CancellationToken cancellationToken) => tenants.ForEachAsync(
        async (tenant, services) =>
        {
            var domains = await services.GetRequiredService<TenantDbContext>().Adaptations.Select(row => row.Domain).Distinct().ToListAsync(cancellationToken);
            foreach (var domain in domains.Union(models.DomainsOf(tenant)))
            {
                await services.GetRequiredService<AdaptationTidy>().FollowAsync(domain, cancellationToken);
            }
        },
        cancellationToken);

    /// <summary>When another package of a domain became active.</summary>
    public Task BringAsync(string domain, CancellationToken cancellationToken) =>
        tenants.ForEachAsync((_, services) => BringAsync(services, domain, cancellationToken), cancellationToken);

    private async Task BringAsync(IServiceProvider services, string domain, CancellationToken cancellationToken)
    {
        var rows = services.GetRequiredService<TenantDbContext>();
        foreach (var row in await rows.Adaptations.Where(row => row.Domain == domain && row.InUse).ToListAsync(cancellationToken))
        {
            // A domain that is not there may come back as it was.
            var reason = plugins.Find(domain) is { } plugin && plugin.PackageSha256 != row.PackageSha256 ? Outdated
                : row.Models is null || !files.IsWhole(row.TenantId, domain, row.Models) ? Damaged
                : null;
            if (reason is not null)
            {
                (row.InUse, row.Reason) = (false, reason);
            }
        }

        await rows.SaveChangesAsync(cancellationToken);
        await services.GetRequiredService<AdaptationTidy>().TidyAsync(domain, cancellationToken);
    }
}
