using Microsoft.EntityFrameworkCore;
using Tessera.Host.Startup;

namespace Tessera.Host.Data;

/// <summary>Migrates the one file, whose one owner this process is.</summary>
internal sealed class SqliteSchema(CatalogDbContext catalog, TenantDbContext tenant) : ISchema
{
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await SchemaVersion.RefuseNewerAsync(catalog, cancellationToken);
        await SchemaVersion.RefuseNewerAsync(tenant, cancellationToken);

        // The lock of migrations outlives a process that is killed in one, and would be waited for without end. The owner of the folder is alone.
        await catalog.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\";", cancellationToken);
        await catalog.Database.MigrateAsync(cancellationToken);
        KillPoint.Pass(KillPoint.Migrated);
        await catalog.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
        await tenant.Database.MigrateAsync(cancellationToken);

        // What ran when the process ended runs no more.
        await catalog.Database.ExecuteSqlRawAsync("DELETE FROM idempotent_replies WHERE StatusCode IS NULL;", cancellationToken);
    }
}
