using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Integration.Indexes;

public sealed class IndexMigrationTests
{
    [Fact]
    public async Task What_was_written_before_embedders_is_an_index_without_vectors()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("tessera-migration-").FullName;
        try
        {
            TenantId[] tenants = [new(Guid.CreateVersion7()), new(Guid.CreateVersion7())];
            await using (var before = Open(folder, tenants[0]))
            {
                await before.GetService<IMigrator>().MigrateAsync("Conversations", token);
                foreach (var (tenant, domain, name) in (IEnumerable<(TenantId, string, string)>)
                    [(tenants[0], "legal", "a"), (tenants[0], "legal", "b"), (tenants[0], "code", "a"), (tenants[1], "legal", "a")])
                {
                    await before.Database.ExecuteSqlAsync(
                        $"INSERT INTO documents (Id, TenantId, Domain, Name, Folder, Tags, Bytes, Sha256, Revision, IndexedRevision, Status, CreatedAt) VALUES ({Guid.CreateVersion7()}, {tenant.Value}, {domain}, {name}, '', '[]', 1, '0', 1, 1, 'Searchable', 0)",
                        token);
                }
            }

            foreach (var (tenant, domains) in ((TenantId, string[])[])[(tenants[0], ["code", "legal"]), (tenants[1], ["legal"])])
            {
                await using var after = Open(folder, tenant);
                await after.Database.MigrateAsync(token);
                var rows = await after.Indexes.OrderBy(row => row.Domain).ToListAsync(token);
                Assert.Equal(domains, rows.Select(row => row.Domain));
                Assert.All(rows, row => Assert.Equal(("", null, null, false), (row.Active, row.Building, row.Previous, row.HasGaps)));
                Assert.Equal(rows.Count, rows.Select(row => row.Id).Distinct().Count());

                // Their ids are ids as the context writes them.
                Assert.Equal(1, await after.Indexes.Where(row => row.Id == rows[0].Id).CountAsync(token));
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TenantDbContext Open(string folder, TenantId tenant)
    {
        var current = new CurrentTenant();
        current.Set(tenant, CallerIdentity.Operator);
        var options = new DbContextOptionsBuilder<TenantDbContext>();
        DataSlice.UseSqlite(options, Path.Combine(folder, "tessera.db"), TenantDbContext.HistoryTable);
        return new TenantDbContext(options.Options, current);
    }
}
