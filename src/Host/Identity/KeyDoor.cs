using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Tenants;

namespace Tessera.Host.Identity;

/// <summary>
/// The one place where an id becomes a key to manage: one that acts in a tenant that the caller manages. The operator's own
/// is not among them; it follows the environment.
/// </summary>
internal sealed class KeyDoor(CatalogDbContext catalog, TenantDoor tenants, UserDoor users)
{
    /// <summary>All that the caller manages.</summary>
    public IQueryable<ApiKey> All => catalog.ApiKeys.Where(
        key => key.Id != CallerLookup.OperatorKeyId && tenants.All.Any(tenant => tenant.Id == key.TenantId));

    /// <summary>The row, tracked; null for ids that are unknown or not the caller's to manage.</summary>
    public Task<ApiKey?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        All.FirstOrDefaultAsync(key => key.Id == id, cancellationToken);

    /// <summary>The user that a key speaks for.</summary>
    public async Task<UserPlace> OwnerAsync(ApiKey key, CancellationToken cancellationToken) =>
        await users.FindAsync(key.UserId, cancellationToken) ?? throw new InvalidOperationException("A key outlived the user's membership.");
}
