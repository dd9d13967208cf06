using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Host.Data.Postgres;
using Tessera.Host.Startup;

namespace Tessera.Host.Data;

/// <summary>The rows: in SQLite below the data folder, or in PostgreSQL where the operator names one.</summary>
internal static class DataSlice
{
    public static IServiceCollection AddData(this IServiceCollection services, TesseraOptions options) =>
        options.Postgres is { } connection ? services.AddPostgres(connection) : services.AddSqlite();

    private static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<SqlitePragmas>();
        services.AddDbContext<CatalogDbContext>((provider, options) =>
            UseSqlite(options, provider.GetRequiredService<TesseraOptions>().DatabaseFile, CatalogDbContext.HistoryTable)
                .AddInterceptors(provider.GetRequiredService<SqlitePragmas>()));
        services.AddDbContext<TenantDbContext>((provider, options) =>
            UseSqlite(options, provider.GetRequiredService<TesseraOptions>().DatabaseFile, TenantDbContext.HistoryTable)
                .AddInterceptors(provider.GetRequiredService<SqlitePragmas>()));
        return services.AddScoped<ISchema, SqliteSchema>();
    }

    private static IServiceCollection AddPostgres(this IServiceCollection services, string connection)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(connection)).AddSingleton<PostgresSession>().AddSingleton<TransactionTurns>();
        services.AddDbContext<CatalogDbContext, PostgresCatalogDbContext>((provider, options) => Use(provider, options, CatalogDbContext.HistoryTable));
        services.AddDbContext<TenantDbContext, PostgresTenantDbContext>((provider, options) => Use(provider, options, TenantDbContext.HistoryTable));
        return services.AddScoped<ISchema, PostgresSchema>();

        static void Use(IServiceProvider provider, DbContextOptionsBuilder options, string historyTable) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), postgres => postgres.MigrationsHistoryTable(historyTable))
            .AddInterceptors(provider.GetRequiredService<PostgresSession>(), provider.GetRequiredService<TransactionTurns>());
    }

    /// <summary>Microsoft.Data.Sqlite begins transactions as IMMEDIATE, so two writers wait instead of failing.</summary>
    public static DbContextOptionsBuilder UseSqlite(DbContextOptionsBuilder options, string file, string historyTable)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 };
        return options.UseSqlite(connection.ConnectionString, sqlite => sqlite.MigrationsHistoryTable(historyTable));
    }
}
