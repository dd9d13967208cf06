using Microsoft.EntityFrameworkCore;

namespace Tessera.Host.Data;

/// <summary>Migrates the one file, whose one owner this process is.</summary>
internal sealed class SqliteSchema(CatalogDbContext catalog, TenantDbContext tenant) : ISchema
{
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await SchemaVersion.RefuseNewerAsync(catalog, cancellationToken);
        await SchemaVersion.RefuseNewerAsync(tenant, cancellationToken);
        await catalog.Database.MigrateAsync(cancellationToken);
        await catalog.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
        await tenant.Database.MigrateAsync(cancellationToken);

        // What ran when the process ended runs no more.
        await catalog.Database.ExecuteSqlRawAsync("DELETE FROM idempotent_replies WHERE StatusCode IS NULL;", cancellationToken);
    }
}
