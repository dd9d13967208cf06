using Npgsql;
using Tessera.Postgres;
using Tessera.Rag.Retrieval.Stores.Postgres;

namespace Tessera.Benchmarks;

/// <summary>A PostgreSQL server of a benchmark's own that writes as safely as one at work does, with the chunk store's tables.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private const string Role = "chunk_store";

    private readonly PostgresServer _server;

    private BenchDatabase(PostgresServer server) => _server = server;

    /// <summary>Connects as the store does.</summary>
    public string Connection { get; private set; } = "";

    /// <summary>Null, and a line that says so, where there is no server.</summary>
    public static async Task<BenchDatabase?> StartAsync()
    {
        if (!PostgresServer.IsPrepared)
        {
            Console.WriteLine($"pgvector is skipped. {PostgresServer.Missing}");
            return null;
        }

        var server = await PostgresServer.StartAsync("fsync=on", "shared_buffers=1GB", "max_wal_size=4GB");
        var owner = await server.AddDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(owner);
        await using var command = source.CreateCommand($"CREATE ROLE {Role} LOGIN");
        await command.ExecuteNonQueryAsync();
        await PostgresChunkStores.EnsureSchemaAsync(owner, Role, CancellationToken.None);
        return new BenchDatabase(server) { Connection = new NpgsqlConnectionStringBuilder(owner) { Username = Role }.ConnectionString };
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
