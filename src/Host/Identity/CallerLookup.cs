using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Identity;

/// <summary>Reads who somebody is now: suspended, deleted, demoted and expired count from the next request on.</summary>
internal sealed class CallerLookup(CatalogDbContext catalog, TimeProvider time)
{
    /// <summary>Row of the key that the operator gives by <c>TESSERA_ADMIN_KEY</c>, which may look like anything.</summary>
    public static readonly Guid OperatorKeyId = new("00000000-0000-0000-0000-000000000001");

    /// <summary>The key's user, membership and scopes; null where the key does not count.</summary>
    public async Task<(User User, Membership Membership, ApiKey Key)?> ByKeyAsync(string presented, CancellationToken cancellationToken)
    {
        var hash = KeyText.Hash(presented);
        Guid[] ids = KeyText.IdOf(presented) is { } id ? [id, OperatorKeyId] : [OperatorKeyId];
        var rows = await (
            from key in catalog.ApiKeys.AsNoTracking()
            join user in catalog.Users.AsNoTracking() on key.UserId equals user.Id
            join membership in catalog.Memberships.AsNoTracking() on new { key.UserId, key.TenantId } equals new { membership.UserId, membership.TenantId }
            where ids.Contains(key.Id) && !user.Suspended
            select new { user, membership, key }).ToListAsync(cancellationToken);
        return rows.Find(row => CryptographicOperations.FixedTimeEquals(row.key.Hash, hash)) is { } found && !(found.key.ExpiresAt <= time.GetUtcNow())
            ? (found.user, found.membership, found.key)
            : null;
    }

    /// <summary>A user in a tenant; null where they are no member or are suspended.</summary>
    public async Task<(User User, Membership Membership)?> ByUserAsync(
        Guid userId, TenantId? tenant, CancellationToken cancellationToken)
    {
        var row = await (
            from user in catalog.Users.AsNoTracking()
            join membership in catalog.Memberships.AsNoTracking() on user.Id equals membership.UserId
            where user.Id == userId && !user.Suspended && (tenant == null || membership.TenantId == tenant)
            orderby membership.TenantId
            select new { user, membership }).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : (row.user, row.membership);
    }

    /// <summary>The user of a session, if its stamp is still theirs.</summary>
    public async Task<(User User, Membership Membership)?> BySessionAsync(
        Guid userId, TenantId tenant, string stamp, CancellationToken cancellationToken) =>
        await ByUserAsync(userId, tenant, cancellationToken) is var (user, membership)
        && string.Equals(user.SecurityStamp, stamp, StringComparison.Ordinal)
            ? (user, membership)
            : null;
}
