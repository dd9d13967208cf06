using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tessera.Host.Data;
using Tessera.Host.Data.Postgres;
using Tessera.Host.Documents;
using Tessera.Postgres;
using Tessera.Sdk;

namespace Tessera.Integration.Own;

/// <summary>The database's own wall: what a forgotten filter, or a statement past the model, may not reach.</summary>
public sealed class WallTests(HostFixture host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statement_without_a_tenant_sees_no_row_of_any()
    {
        await AddAsync(await host.AddTenantAsync());
        await using var source = NpgsqlDataSource.Create(host.Options.Postgres!);
        Assert.Equal(0L, await source.CreateCommand("SELECT count(*) FROM documents").ExecuteScalarAsync(Token));

        // The offender: whoever owns everything does see it.
        await using var owner = NpgsqlDataSource.Create(host.Options.PostgresOwner!);
        Assert.NotEqual(0L, await owner.CreateCommand("SELECT count(*) FROM documents").ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task Query_without_the_filter_sees_the_tenant_s_own_rows_alone()
    {
        var (one, other) = (await host.AddTenantAsync(), await host.AddTenantAsync());
        await AddAsync(other);
        var own = await AddAsync(one);
        await using var scope = host.Scope(one);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        Assert.Equal([own], await rows.Documents.IgnoreQueryFilters().Select(row => row.Id).ToListAsync(Token));
        Assert.Equal(1, await rows.Documents.IgnoreQueryFilters().ExecuteDeleteAsync(Token));
        await using var theirs = host.Scope(other);
        Assert.Equal(1, await theirs.ServiceProvider.GetRequiredService<TenantDbContext>().Documents.CountAsync(Token));
    }

    [Fact]
    public async Task Row_of_another_tenant_cannot_be_written_past_the_model()
    {
        var (one, other) = (await host.AddTenantAsync(), await host.AddTenantAsync());
        await using var scope = host.Scope(one);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => rows.Database.ExecuteSqlAsync(
            $"""INSERT INTO jobs ("Id", "TenantId", "Kind", "DocumentId", "Revision", "State", "Attempts", "CreatedAt") VALUES ({Guid.NewGuid()}, {other.Value}, 'Ingest', {Guid.NewGuid()}, 1, 'Queued', 0, 0)""",
            Token));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Connections_that_go_from_tenant_to_tenant_carry_nothing_over()
    {
        var tenants = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.AddTenantAsync()));
        foreach (var tenant in tenants)
        {
            await AddAsync(tenant);
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 800), Token, async (i, _) =>
        {
            await using var scope = host.Scope(tenants[i % tenants.Length]);
            var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
            Assert.Equal([tenants[i % tenants.Length]], await rows.Documents.IgnoreQueryFilters().Select(row => row.TenantId).ToListAsync(Token));
        });
    }

    [Fact]
    public async Task Role_that_could_pass_the_walls_is_refused()
    {
        var refused = await Assert.ThrowsAsync<SchemaException>(() => RequireAsync(host.Options.PostgresOwner!));
        Assert.Contains("superuser", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALTER TABLE documents NO FORCE ROW LEVEL SECURITY", "documents")]
    [InlineData("ALTER TABLE jobs DISABLE ROW LEVEL SECURITY", "jobs")]
    [InlineData("DROP POLICY tenant ON own_questions", "own_questions")]
    public async Task Table_without_its_wall_is_named_and_refused(string sql, string table)
    {
        await using var other = await HostFixture.StartAsync();
        await RequireAsync(other.Options.Postgres!);
        await using var owner = NpgsqlDataSource.Create(other.Options.PostgresOwner!);
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
        var refused = await Assert.ThrowsAsync<SchemaException>(() => RequireAsync(other.Options.Postgres!));
        Assert.Contains($"Table {table} ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_table_with_a_tenant_has_a_wall_but_the_ones_that_come_before_a_tenant()
    {
        await using var owner = NpgsqlDataSource.Create(host.Options.PostgresOwner!);
        await using var command = owner.CreateCommand(
            "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE attname = 'TenantId' AND relkind = 'r' AND NOT relforcerowsecurity");
        await using var reader = await command.ExecuteReaderAsync(Token);
        var open = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            open.Add(reader.GetString(0));
        }

        Assert.Equal(["api_keys", "memberships", "tenant_domains", "tenant_models", "tenant_remotes", "work"], open.Order(StringComparer.Ordinal));
    }

    private async Task RequireAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var scope = host.Services.CreateAsyncScope();
        await PostgresWalls.RequireAsync(source, scope.ServiceProvider.GetRequiredService<TenantDbContext>(), Token);
    }

    private async Task<Guid> AddAsync(TenantId tenant)
    {
        await using var scope = host.Scope(tenant);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        var document = new Document
        {
            Id = Guid.CreateVersion7(), TenantId = tenant, Domain = "walled", Name = "a.txt", Bytes = 1, Sha256 = new string('0', 64),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        rows.Documents.Add(document);
        await rows.SaveChangesAsync(Token);
        return document.Id;
    }
}
