using Npgsql;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>
/// Changes one collection. A revision's chunks are written first, which writers do side by side; at its end each transaction locks the collection's row,
/// counts itself and makes them seen, so that generations become visible in their order.
/// </summary>
internal sealed class PostgresWriter(PostgresDatabase database, CollectionKey key, string analysis)
{
    private volatile PostgresSpace? _space;

    /// <summary>Makes the collection's row where it is missing.</summary>
    public Task<int> CreateAsync(CancellationToken cancellationToken) => database.WriteAsync(
        key.Tenant,
        connection => PostgresDatabase.RunAsync(
            connection,
            cancellationToken,
            PostgresDatabase.Sql(
                "INSERT INTO chunks.collection (tenant, domain, model, analysis) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                key.Tenant.Value,
                key.Domain,
                key.Model,
                analysis)),
        cancellationToken);

    /// <summary>Writes a revision.</summary>
    public async Task WriteAsync(StoredDocument document, int number, IReadOnlyList<EmbeddedChunk> chunks, byte[] terms, CancellationToken cancellationToken)
    {
        var width = chunks.FirstOrDefault(x => !x.Vector.IsEmpty)?.Vector.Length ?? 0;
        var space = width == 0 ? null : await SpaceAsync(width, cancellationToken).ConfigureAwait(false);
        while (!await database.WriteAsync(key.Tenant, Write, cancellationToken).ConfigureAwait(false))
        {
            await CreateAsync(cancellationToken).ConfigureAwait(false);
        }

        // False where the collection is not there, or was dropped meanwhile.
        async Task<bool> Write(NpgsqlConnection connection)
        {
            var row = (long)(await PostgresDatabase.ScalarAsync(connection, PostgresDatabase.Sql("SELECT nextval('chunks.revision_id')"), cancellationToken).ConfigureAwait(false))!;
            await PostgresRows.InsertAsync(connection, key.Tenant, row, chunks, space, cancellationToken).ConfigureAwait(false);
            if (await PostgresCollection.FindAsync(connection, key, locked: true, cancellationToken).ConfigureAwait(false) is not { } collection)
            {
                return await UndoAsync(connection, row, space, cancellationToken).ConfigureAwait(false);
            }

            if (collection.Analysis != analysis)
            {
                throw new TransientException("The domain was replaced by another version meanwhile.");
            }

            collection = collection with { Space = space ?? collection.Space };
            await PostgresDatabase.RunAsync(
                connection,
                cancellationToken,
                Advance(collection),
                PostgresRows.Delete(collection, key.Tenant, document.Id, number, number + 1L),
                PostgresRows.InsertRevision(collection, key.Tenant, row, document, number, chunks.Count == 0 || !chunks[0].Vector.IsEmpty, terms),
                PostgresDatabase.Sql("DELETE FROM chunks.removal WHERE collection = $1 AND document = $2", collection.Id, document.Id.Value)).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Deletes a document's revisions below a number.</summary>
    public Task<bool> DeleteAsync(DocumentId document, int below, CancellationToken cancellationToken) => database.WriteAsync(
        key.Tenant,
        async connection =>
        {
            if (await PostgresCollection.FindAsync(connection, key, locked: true, cancellationToken).ConfigureAwait(false) is not { } collection
                || await PostgresDatabase.ScalarAsync(
                    connection,
                    PostgresDatabase.Sql("SELECT 1 FROM chunks.revision WHERE collection = $1 AND document = $2 AND number < $3 LIMIT 1", collection.Id, document.Value, below),
                    cancellationToken).ConfigureAwait(false) is null)
            {
                return false;
            }

            await PostgresDatabase.RunAsync(
                connection,
                cancellationToken,
                Advance(collection),
                PostgresRows.Delete(collection, key.Tenant, document, 0, below),
                PostgresDatabase.Sql(
                    """
                    INSERT INTO chunks.removal (collection, document, tenant, generation) SELECT id, $2, $3, generation FROM chunks.collection WHERE id = $1
                    AND NOT EXISTS (SELECT 1 FROM chunks.revision WHERE collection = $1 AND document = $2)
                    ON CONFLICT (collection, document) DO UPDATE SET generation = excluded.generation
                    """,
                    collection.Id,
                    document.Value,
                    key.Tenant.Value)).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private static NpgsqlBatchCommand Advance(PostgresCollection collection) => PostgresDatabase.Sql(
        "UPDATE chunks.collection SET generation = generation + 1, space = coalesce(space, $2) WHERE id = $1",
        collection.Id,
        new NpgsqlParameter<int?> { TypedValue = collection.Space?.Id });

    private static async Task<bool> UndoAsync(NpgsqlConnection connection, long row, PostgresSpace? space, CancellationToken cancellationToken)
    {
        await PostgresDatabase.RunAsync(
            connection,
            cancellationToken,
            [
                PostgresDatabase.Sql("DELETE FROM chunks.chunk WHERE revision = $1", row),
                .. space is null ? [] : (NpgsqlBatchCommand[])[PostgresDatabase.Sql($"DELETE FROM {space.Table} WHERE revision = $1", row)],
            ]).ConfigureAwait(false);
        return false;
    }

    // In a transaction of its own: all tenants' first writes wait for it. A space stays as it is.
    private async Task<PostgresSpace> SpaceAsync(int width, CancellationToken cancellationToken)
    {
        var space = _space ??= await database.WriteAsync(
            key.Tenant,
            async connection => await FindSpaceAsync(connection, cancellationToken).ConfigureAwait(false) ?? await MakeSpaceAsync(connection, width, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        VectorWidth.Require(width, space.Width);
        return space;
    }

    private async Task<PostgresSpace> MakeSpaceAsync(NpgsqlConnection connection, int width, CancellationToken cancellationToken)
    {
        await PostgresDatabase.RunAsync(connection, cancellationToken, PostgresDatabase.Sql("SELECT chunks.add_space($1, $2, $3)", key.Domain, key.Model, width)).ConfigureAwait(false);
        return (await FindSpaceAsync(connection, cancellationToken).ConfigureAwait(false))!;
    }

    private async Task<PostgresSpace?> FindSpaceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { PostgresDatabase.Sql("SELECT id, width FROM chunks.space WHERE domain = $1 AND model = $2", key.Domain, key.Model) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? new PostgresSpace(reader.GetInt32(0), reader.GetInt32(1)) : null;
    }
}
