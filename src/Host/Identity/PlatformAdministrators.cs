using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;

namespace Tessera.Host.Identity;

/// <summary>The platform keeps one administrator who can sign in. To be asked inside the transaction that takes one away.</summary>
internal sealed class PlatformAdministrators(CatalogDbContext catalog)
{
    /// <summary>Whether one stays when these users go, or whether none of them counts among them.</summary>
    public async Task<bool> StayWithoutAsync(IQueryable<Guid> users, CancellationToken cancellationToken)
    {
        var all = catalog.Users.Where(user => user.IsPlatformAdministrator && !user.Suspended);
        return !await all.AnyAsync(user => users.Contains(user.Id), cancellationToken)
            || await all.AnyAsync(user => !users.Contains(user.Id), cancellationToken);
    }

    /// <summary><see cref="StayWithoutAsync(IQueryable{Guid}, CancellationToken)"/> for one user.</summary>
    public Task<bool> StayWithoutAsync(Guid user, CancellationToken cancellationToken) =>
        StayWithoutAsync(catalog.Users.Where(row => row.Id == user).Select(row => row.Id), cancellationToken);
}
