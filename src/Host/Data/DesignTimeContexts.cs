using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tessera.Host.Tenants;

namespace Tessera.Host.Data;

/// <summary>
/// For <c>dotnet ef migrations add NAME --project src/Host --context CatalogDbContext|TenantDbContext
/// --output-dir Data/Migrations/Catalog|Tenant</c>.
/// </summary>
internal sealed class DesignTimeContexts : IDesignTimeDbContextFactory<CatalogDbContext>, IDesignTimeDbContextFactory<TenantDbContext>
{
    CatalogDbContext IDesignTimeDbContextFactory<CatalogDbContext>.CreateDbContext(string[] args) =>
        new(Options<CatalogDbContext>(CatalogDbContext.HistoryTable));

    TenantDbContext IDesignTimeDbContextFactory<TenantDbContext>.CreateDbContext(string[] args) =>
        new(Options<TenantDbContext>(TenantDbContext.HistoryTable), new CurrentTenant());

    private static DbContextOptions<T> Options<T>(string historyTable)
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        DataSlice.Use(options, "design-time.db", historyTable);
        return options.Options;
    }
}
