using Microsoft.EntityFrameworkCore;

namespace Tessera.Host.Data;

/// <summary>Brings the database to this version.</summary>
internal sealed class Migrator(CatalogDbContext catalog, TenantDbContext tenant)
{
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await catalog.Database.MigrateAsync(cancellationToken);
        await catalog.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
        await tenant.Database.MigrateAsync(cancellationToken);

        // What ran when the process ended runs no more.
        await catalog.Database.ExecuteSqlRawAsync("DELETE FROM idempotent_replies WHERE StatusCode IS NULL;", cancellationToken);
    }
}
