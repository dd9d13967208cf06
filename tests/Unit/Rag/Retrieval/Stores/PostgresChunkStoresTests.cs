using Npgsql;
using Tessera.Conformance;
using Tessera.Rag.Retrieval.Stores.Postgres;

namespace Tessera.Unit.Rag.Retrieval.Stores;

public sealed class PostgresChunkStoresTests : ChunkStoreConformance<PostgresChunkStores>, IAsyncLifetime
{
    private ChunkDatabase? _database;

    public async ValueTask InitializeAsync() => _database = await ChunkDatabase.MakeAsync();

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    protected override PostgresChunkStores Connect() => new(_database!.Store);

    protected override void Clean()
    {
    }

    // All that a table can be asked for. What a deleted row left in its page goes with the next vacuum.
    protected override bool Holds(string text)
    {
        using var connection = new NpgsqlConnection(_database!.Owner + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(
            """
            SELECT count(*) FROM pg_tables, LATERAL query_to_xml(format('SELECT 1 FROM chunks.%I AS x WHERE x::text LIKE %L', tablename, '%' || $1 || '%'), false, false, '') AS found
            WHERE schemaname = 'chunks' AND xpath_exists('//row', found)
            """,
            connection) { Parameters = { new() { Value = text } } };
        return (long)command.ExecuteScalar()! > 0;
    }
}
