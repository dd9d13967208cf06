using Hangfire.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Host.Jobs;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;

namespace Tessera.Host.Data.Postgres;

/// <summary>
/// Brings the schema to this version as the role that owns it, one host at a time, and proves that the role that works with it can get past no wall.
/// </summary>
internal sealed class PostgresSchema(TesseraOptions options, CatalogDbContext catalog, TenantDbContext tenant, NpgsqlDataSource source) : ISchema
{
    // Any number will do, as long as all hosts take the same.
    private const long Turn = 0x7E55E8A;

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        if (options.PostgresOwner is { } owner)
        {
            await using var owning = NpgsqlDataSource.Create(owner);
            await MigrateAsync(owning, cancellationToken);
        }

        await RequireCurrentAsync(catalog, cancellationToken);
        await RequireCurrentAsync(tenant, cancellationToken);
        await PostgresWalls.RequireAsync(source, tenant, cancellationToken);
    }

    private async Task MigrateAsync(NpgsqlDataSource owning, CancellationToken cancellationToken)
    {
        await using var turn = await owning.OpenConnectionAsync(cancellationToken);
        await PostgresWalls.ExecuteAsync(turn, $"SELECT pg_advisory_lock({Turn})", cancellationToken);
        await using var rows = new PostgresCatalogDbContext(Owned<PostgresCatalogDbContext>(owning, CatalogDbContext.HistoryTable));
        await using var owned = new PostgresTenantDbContext(Owned<PostgresTenantDbContext>(owning, TenantDbContext.HistoryTable), new CurrentTenant());
        await SchemaVersion.RefuseNewerAsync(rows, cancellationToken);
        await SchemaVersion.RefuseNewerAsync(owned, cancellationToken);
        await rows.Database.MigrateAsync(cancellationToken);
        await owned.Database.MigrateAsync(cancellationToken);
        await using (var hangfire = await owning.OpenConnectionAsync(cancellationToken))
        {
            PostgreSqlObjectsInstaller.Install(hangfire, WakeUpStorage.Schema);
        }

        await PostgresWalls.BuildAsync(turn, owned, new NpgsqlConnectionStringBuilder(options.Postgres), cancellationToken);
    }

    private static async Task RequireCurrentAsync(DbContext context, CancellationToken cancellationToken)
    {
        await SchemaVersion.RefuseNewerAsync(context, cancellationToken);
        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            throw new SchemaException(
                "The database is of an older version, or empty. Set TESSERA_POSTGRES_OWNER to a connection of the role that owns it, for one start of one host.");
        }
    }

    private static DbContextOptions<T> Owned<T>(NpgsqlDataSource owning, string historyTable)
        where T : DbContext => new DbContextOptionsBuilder<T>()
        .UseNpgsql(owning, postgres => postgres.MigrationsHistoryTable(historyTable).CommandTimeout(0)).Options;
}
