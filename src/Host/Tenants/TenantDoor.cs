using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Sdk;

namespace Tessera.Host.Tenants;

/// <summary>
/// The one place where an id becomes a tenant to manage: the caller's own, or any for platform administrators. Others are
/// not there.
/// </summary>
internal sealed class TenantDoor(CatalogDbContext catalog, CurrentTenant current)
{
    /// <summary>All that the caller manages.</summary>
    public IQueryable<Tenant> All => catalog.Tenants.Where(row => row.Id == Own || Any);

    private TenantId Own => current.Id;

    private bool Any => current.Caller.Has(Right.ManagePlatform);

    /// <summary>The row, tracked; null for ids that are unknown or not the caller's to manage.</summary>
    public Task<Tenant?> FindAsync(TenantId id, CancellationToken cancellationToken) =>
        All.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Whether the caller manages the tenant.</summary>
    public Task<bool> HasAsync(TenantId id, CancellationToken cancellationToken) =>
        All.AnyAsync(row => row.Id == id, cancellationToken);
}
