using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Startup;

namespace Tessera.Host.Data;

internal static class DataSlice
{
    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.AddSingleton<SqlitePragmas>();
        services.AddDbContext<CatalogDbContext>((provider, options) =>
            Use(options, provider.GetRequiredService<TesseraOptions>().DatabaseFile, CatalogDbContext.HistoryTable)
                .AddInterceptors(provider.GetRequiredService<SqlitePragmas>()));
        services.AddDbContext<TenantDbContext>((provider, options) =>
            Use(options, provider.GetRequiredService<TesseraOptions>().DatabaseFile, TenantDbContext.HistoryTable)
                .AddInterceptors(provider.GetRequiredService<SqlitePragmas>()));
        services.AddScoped<Migrator>();
        return services;
    }

    /// <summary>Microsoft.Data.Sqlite begins transactions as IMMEDIATE, so two writers wait instead of failing.</summary>
    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder options, string file, string historyTable)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 };
        return options.UseSqlite(connection.ConnectionString, sqlite => sqlite.MigrationsHistoryTable(historyTable));
    }
}
