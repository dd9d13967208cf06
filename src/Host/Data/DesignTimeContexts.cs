using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tessera.Host.Data.Postgres;
using Tessera.Host.Tenants;

namespace Tessera.Host.Data;

/// <summary>
/// For <c>dotnet ef migrations add NAME --project src/Host --context C --output-dir Data/Migrations/F</c>, once for each pair of context C and folder F:
/// CatalogDbContext Catalog, TenantDbContext Tenant, PostgresCatalogDbContext PostgresCatalog, PostgresTenantDbContext PostgresTenant.
/// </summary>
internal sealed class DesignTimeContexts :
    IDesignTimeDbContextFactory<CatalogDbContext>, IDesignTimeDbContextFactory<TenantDbContext>,
    IDesignTimeDbContextFactory<PostgresCatalogDbContext>, IDesignTimeDbContextFactory<PostgresTenantDbContext>
{
    CatalogDbContext IDesignTimeDbContextFactory<CatalogDbContext>.CreateDbContext(string[] args) =>
        new(Sqlite<CatalogDbContext>(CatalogDbContext.HistoryTable));

    TenantDbContext IDesignTimeDbContextFactory<TenantDbContext>.CreateDbContext(string[] args) =>
        new(Sqlite<TenantDbContext>(TenantDbContext.HistoryTable), new CurrentTenant());

    PostgresCatalogDbContext IDesignTimeDbContextFactory<PostgresCatalogDbContext>.CreateDbContext(string[] args) =>
        new(Postgres<PostgresCatalogDbContext>(CatalogDbContext.HistoryTable));

    PostgresTenantDbContext IDesignTimeDbContextFactory<PostgresTenantDbContext>.CreateDbContext(string[] args) =>
        new(Postgres<PostgresTenantDbContext>(TenantDbContext.HistoryTable), new CurrentTenant());

    private static DbContextOptions<T> Sqlite<T>(string historyTable)
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        DataSlice.UseSqlite(options, "design-time.db", historyTable);
        return options.Options;
    }

    private static DbContextOptions<T> Postgres<T>(string historyTable)
        where T : DbContext => new DbContextOptionsBuilder<T>().UseNpgsql("Host=design-time", postgres => postgres.MigrationsHistoryTable(historyTable)).Options;
}
