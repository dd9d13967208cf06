using Npgsql;
using Tessera.Postgres;
using Tessera.Rag.Retrieval.Stores.Postgres;

namespace Tessera.Unit.Rag.Retrieval.Stores;

/// <summary>A database of a test's own with the tables of the chunk store, used by a role that owns nothing. Skips the test where there is no server.</summary>
internal sealed class ChunkDatabase : IAsyncDisposable
{
    private const string Role = "chunk_store";

    private ChunkDatabase(string owner) => Owner = owner;

    /// <summary>Connects as the one who may do everything.</summary>
    public string Owner { get; }

    /// <summary>Connects as the store does.</summary>
    public string Store => new NpgsqlConnectionStringBuilder(Owner) { Username = Role }.ConnectionString;

    public static async Task<ChunkDatabase> MakeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsPrepared, PostgresServer.Missing);
        var database = new ChunkDatabase(await (await PostgresServer.SharedAsync()).AddDatabaseAsync());
        await database.RunAsync(
            $"DO $$ BEGIN PERFORM pg_advisory_xact_lock(1); IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{Role}') THEN CREATE ROLE {Role} LOGIN; END IF; END $$");
        await PostgresChunkStores.EnsureSchemaAsync(database.Owner, Role, CancellationToken.None);
        return database;
    }

    /// <summary>Runs as the owner; the first value of the first row.</summary>
    public async Task<object?> RunAsync(string sql, string? connection = null)
    {
        await using var source = NpgsqlDataSource.Create(connection ?? Owner);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The names of all tables that rows lie in.</summary>
    public async Task<List<string>> TablesAsync()
    {
        await using var source = NpgsqlDataSource.Create(Owner);
        await using var command = source.CreateCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'chunks' ORDER BY 1");
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        var name = new NpgsqlConnectionStringBuilder(Owner).Database;
        await RunAsync($"DROP DATABASE {name} WITH (FORCE)", new NpgsqlConnectionStringBuilder(Owner) { Database = "postgres" }.ConnectionString);
    }
}
