using Npgsql;
using Tessera.Rag.Retrieval.Indexing;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>A collection's own row.</summary>
/// <param name="Id">What revisions name it by.</param>
/// <param name="Stamp">Its state.</param>
/// <param name="Analysis">How its terms were made.</param>
/// <param name="Space">Where its vectors lie; null before the first one.</param>
internal sealed record PostgresCollection(long Id, Stamp Stamp, string Analysis, PostgresSpace? Space)
{
    /// <summary>Finds the row.</summary>
    /// <param name="key">The collection.</param>
    /// <param name="locked">Whether others wait until the transaction ends before they change it.</param>
    public static NpgsqlBatchCommand Find(CollectionKey key, bool locked = false) => PostgresDatabase.Sql(
        $"""
        SELECT own.id, own.generation, own.edition, own.analysis, space.id, space.width
        FROM chunks.collection AS own LEFT JOIN chunks.space ON space.id = own.space
        WHERE own.tenant = $1 AND own.domain = $2 AND own.model = $3 {(locked ? "FOR UPDATE OF own" : "")}
        """,
        key.Tenant.Value,
        key.Domain,
        key.Model);

    /// <summary>Reads the row; null where there is none.</summary>
    public static async Task<PostgresCollection?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new PostgresCollection(
                reader.GetInt64(0),
                new Stamp(reader.GetInt64(1), reader.GetInt64(2)),
                reader.GetString(3),
                reader.IsDBNull(4) ? null : new PostgresSpace(reader.GetInt32(4), reader.GetInt32(5)))
            : null;

    /// <summary>Finds and reads the row.</summary>
    public static async Task<PostgresCollection?> FindAsync(NpgsqlConnection connection, CollectionKey key, bool locked, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Find(key, locked) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync(reader, cancellationToken).ConfigureAwait(false);
    }
}
