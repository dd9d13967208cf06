using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Documents;

/// <summary>
/// Bytes whose row was not committed when the power went, or went first: nobody would delete them any more. For the start,
/// before anything runs, for what is just being uploaded has no row either.
/// </summary>
internal sealed class LeftOvers(CatalogDbContext catalog, IServiceScopeFactory scopes, BlobStore blobs)
{
    /// <summary>Deletes them. What lies there for tenants that the catalog does not know stays: it may be the catalog that was lost.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in await catalog.Tenants.Select(row => row.Id).ToListAsync(cancellationToken))
        {
            await SweepAsync(tenant, cancellationToken);
        }
    }

    private async Task SweepAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant, CallerIdentity.Operator);
        var known = await scope.ServiceProvider.GetRequiredService<TenantDbContext>().Documents.AsNoTracking()
            .Select(row => new { row.Id, row.Revision, row.IndexedRevision })
            .ToDictionaryAsync(row => row.Id, row => (row.Revision, row.IndexedRevision), cancellationToken);
        blobs.Sweep(tenant, (document, revision) =>
            known.TryGetValue(document, out var row) && (revision == row.Revision || revision == row.IndexedRevision));
    }
}
