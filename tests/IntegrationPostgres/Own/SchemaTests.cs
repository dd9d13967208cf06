using Npgsql;
using Tessera.Host.Data;
using Tessera.Host.Startup;
using Tessera.Postgres;

namespace Tessera.Integration.Own;

/// <summary>Which databases a host works on.</summary>
public sealed class SchemaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Empty_database_without_its_owner_is_refused_with_the_way_out()
    {
        Assert.SkipUnless(PostgresServer.IsPrepared, PostgresServer.Missing);
        var connection = await (await PostgresServer.SharedAsync()).AddDatabaseAsync();
        var refused = await Assert.ThrowsAsync<SchemaException>(() => HostFixture.StartAsync(options => options with { Postgres = connection, Chunks = ChunkStoreKind.Pgvector }));
        Assert.Contains("TESSERA_POSTGRES_OWNER", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_without_the_owner_works_once_the_schema_is_there()
    {
        await using var first = await HostFixture.StartAsync();
        await using var second = await HostFixture.StartAsync(options => options with { Postgres = first.Options.Postgres, Chunks = first.Options.Chunks });
        using var ready = await second.Client().GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
        Assert.True(ready.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Owner_need_be_no_superuser_where_extension_and_role_are_there()
    {
        Assert.SkipUnless(PostgresServer.IsPrepared, PostgresServer.Missing);
        var all = new NpgsqlConnectionStringBuilder(await (await PostgresServer.SharedAsync()).AddDatabaseAsync());
        var owner = $"o{Guid.NewGuid():N}";
        await using (var source = NpgsqlDataSource.Create(all.ConnectionString))
        {
            await using var command = source.CreateCommand(
                $"CREATE EXTENSION vector; CREATE ROLE {owner} LOGIN; CREATE ROLE {owner}_app LOGIN; ALTER DATABASE {all.Database} OWNER TO {owner}; ALTER SCHEMA public OWNER TO {owner}");
            await command.ExecuteNonQueryAsync(Token);
        }

        all.Username = owner;
        var owning = all.ConnectionString;
        all.Username = $"{owner}_app";
        await using var host = await HostFixture.StartAsync(
            options => options with { Postgres = all.ConnectionString, PostgresOwner = owning, Chunks = ChunkStoreKind.Pgvector });
        using var ready = await host.Client().GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
        Assert.True(ready.IsSuccessStatusCode);

        // Every host brings the schema to its version, also where it is there.
        await using var again = await HostFixture.StartAsync(
            options => options with { Postgres = all.ConnectionString, PostgresOwner = owning, Chunks = ChunkStoreKind.Pgvector });
    }

    [Fact]
    public async Task Database_of_a_newer_version_is_refused()
    {
        await using var first = await HostFixture.StartAsync();
        await using var owner = NpgsqlDataSource.Create(first.Options.PostgresOwner!);
        await using var newer = owner.CreateCommand($"""INSERT INTO {TenantDbContext.HistoryTable} VALUES ('29990101000000_Later', '99.0')""");
        await newer.ExecuteNonQueryAsync(Token);
        foreach (var known in (string?[])[first.Options.PostgresOwner, null])
        {
            var refused = await Assert.ThrowsAsync<SchemaException>(
                () => HostFixture.StartAsync(options => options with { Postgres = first.Options.Postgres, Chunks = first.Options.Chunks, PostgresOwner = known }));
            Assert.Contains("29990101000000_Later", refused.Message, StringComparison.Ordinal);
        }
    }
}
