using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Plugins;

/// <summary>Which of the active domains a tenant uses: bundled ones unless switched off, others once switched on.</summary>
internal sealed class EnabledDomains(CatalogDbContext catalog, LoadedPlugins plugins)
{
    /// <summary>Ordered by id.</summary>
    public async Task<IReadOnlyList<LoadedPlugin>> ListAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var switches = await catalog.TenantDomains.AsNoTracking().Where(row => row.TenantId == tenant)
            .ToDictionaryAsync(row => row.DomainId, row => row.Enabled, StringComparer.Ordinal, cancellationToken);
        return [.. plugins.Active.Where(plugin => switches.GetValueOrDefault(plugin.Manifest.Id, plugin.Bundled))];
    }

    /// <summary>The domain, or null where it is not active or the tenant does not use it.</summary>
    public async Task<LoadedPlugin?> FindAsync(TenantId tenant, string domain, CancellationToken cancellationToken)
    {
        if (plugins.Find(domain) is not { } plugin)
        {
            return null;
        }

        var row = await catalog.TenantDomains.AsNoTracking()
            .FirstOrDefaultAsync(row => row.TenantId == tenant && row.DomainId == domain, cancellationToken);
        return row?.Enabled ?? plugin.Bundled ? plugin : null;
    }
}
