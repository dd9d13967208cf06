using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;

namespace Tessera.Soak;

/// <summary>
/// P31: an upgrade that is interrupted, with uploads in flight, loses nothing and goes on with the next start. In PostgreSQL there is no older version yet,
/// and migrations are one transaction under a lock that ends with its connection.
/// </summary>
public sealed class UpgradeTests
{
    // As a process leaves it that is killed in a migration.
    private const string LeaveLock = """
        CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
        INSERT OR IGNORE INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upgrade_that_is_interrupted_anywhere_loses_nothing_and_starts_again()
    {
        var (rounds, uploads, broken) = (Scale.Of(20, 2), Scale.Of(50, 12), new List<string>());
        var random = new Random(Scale.Seed);
        for (var round = 0; round < rounds; round++)
        {
            await using var host = await SoakHost.CreateAsync(RowsKind.Sqlite);
            await host.RequireAsync();
            var papers = Enumerable.Range(0, uploads).ToDictionary(paper => paper, _ => 1);
            await Parallel.ForEachAsync(papers.Keys, Token, async (paper, token) => Assert.NotNull(await Papers.UploadAsync(host.Http, paper, 1, token)));
            await host.KillAsync();
            await TakeBackAsync(host, steps: 1 + (round % 2));

            // Between the migrations of the two models, then wherever it is; sometimes within a migration.
            Assert.False(await host.StartAsync((KillPoint.Variable, KillPoint.Migrated)));
            var starting = host.StartAsync();
            await Task.Delay(random.Next(200, 1500), Token);
            await host.KillAsync();
            await starting;
            await using (var rows = Catalog(host))
            {
                await rows.Database.ExecuteSqlRawAsync(LeaveLock, Token);
            }

            await host.RequireAsync();
            await using (var rows = Catalog(host))
            {
                Assert.Empty(await rows.Database.GetPendingMigrationsAsync(Token));
            }

            broken.AddRange(await Papers.CheckAsync(host.Http, papers, papers));
        }

        Scale.Print($"P31: {rounds} upgrades with {uploads} uploads in flight, each killed twice, {broken.Count} lost or broken, all started again (bar: 0, all)");
        Assert.Empty(broken);
    }

    // The schema of older versions.
    private static async Task TakeBackAsync(SoakHost host, int steps)
    {
        await using var catalog = Catalog(host);
        await using var rows = new TenantDbContext(Options<TenantDbContext>(host, TenantDbContext.HistoryTable), new CurrentTenant());
        foreach (var context in (DbContext[])[catalog, rows])
        {
            var all = context.Database.GetMigrations().ToList();
            await context.Database.MigrateAsync(all[^(1 + steps)], Token);
            Assert.Equal(steps, (await context.Database.GetPendingMigrationsAsync(Token)).Count());
        }
    }

    private static CatalogDbContext Catalog(SoakHost host) => new(Options<CatalogDbContext>(host, CatalogDbContext.HistoryTable));

    private static DbContextOptions<T> Options<T>(SoakHost host, string historyTable)
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>();
        DataSlice.UseSqlite(options, Path.Combine(host.DataFolder, "tessera.db"), historyTable);
        return options.Options;
    }
}
