using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Tenants;

namespace Tessera.Host.Identity;

/// <summary>The one place where an id becomes a user to manage: of a tenant that the caller manages, or nobody.</summary>
internal sealed class UserDoor(CatalogDbContext catalog, TenantDoor tenants, CurrentTenant current)
{
    /// <summary>All that the caller manages.</summary>
    public IQueryable<UserPlace> All =>
        from user in catalog.Users
        join membership in catalog.Memberships on user.Id equals membership.UserId
        where tenants.All.Any(tenant => tenant.Id == membership.TenantId)
        select new UserPlace { User = user, Membership = membership };

    /// <summary>The rows, tracked; null for ids that are unknown or not the caller's to manage.</summary>
    public Task<UserPlace?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        All.Where(place => place.User.Id == id).OrderBy(place => place.Membership.TenantId != current.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>
    /// Refuses to change somebody whom the caller sees, or to give a role; null: they may. A tenant's administrator could
    /// else become more than that by another's password or key.
    /// </summary>
    public async Task<Outcome<T>.Refused?> RefusalAsync<T>(UserPlace place, UserRole? role, CancellationToken cancellationToken)
    {
        if (current.Caller.Has(Right.ManagePlatform))
        {
            return null;
        }

        if (place.User.IsPlatformAdministrator || role == UserRole.PlatformAdministrator)
        {
            return new Outcome<T>.Refused(ErrorCode.Forbidden, "Only platform administrators manage platform administrators.");
        }

        return await catalog.Memberships.AnyAsync(
            row => row.UserId == place.User.Id && row.TenantId != place.Membership.TenantId, cancellationToken)
            ? new Outcome<T>.Refused(ErrorCode.Forbidden, "This user belongs to other tenants too: a platform administrator manages them.")
            : null;
    }
}
