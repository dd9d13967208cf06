using Npgsql;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>Makes a collection's terms anew where a domain makes words another way than when they were stored.</summary>
internal sealed class PostgresAnalysis(PostgresDatabase database, CollectionKey key, TextAnalyzer analyzer)
{
    /// <summary>Does nothing where they are as the domain makes them, or where there is no collection. Writers wait.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var isOld = await database.ReadAsync(
            key.Tenant,
            [PostgresCollection.Find(key)],
            async reader => await PostgresCollection.ReadAsync(reader, cancellationToken).ConfigureAwait(false) is { } own && own.Analysis != analyzer.Version,
            cancellationToken).ConfigureAwait(false);
        if (isOld)
        {
            await database.WriteAsync(key.Tenant, connection => RunAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await PostgresCollection.FindAsync(connection, key, locked: true, cancellationToken).ConfigureAwait(false) is not { } collection
            || collection.Analysis == analyzer.Version)
        {
            return false;
        }

        foreach (var revision in await ReadAsync(
            connection,
            PostgresDatabase.Sql($"SELECT {PostgresRows.RevisionColumns} FROM chunks.revision AS own WHERE own.collection = $1", collection.Id),
            PostgresRows.Revision,
            cancellationToken).ConfigureAwait(false))
        {
            var chunks = await ReadAsync(
                connection,
                PostgresDatabase.Sql($"SELECT {PostgresRows.ChunkColumns} FROM chunks.chunk AS own WHERE own.revision = $1 ORDER BY own.number", revision.Row),
                reader => PostgresRows.Chunk(reader, revision.Document.Id),
                cancellationToken).ConfigureAwait(false);
            var terms = RevisionFields.Write(revision.Document.Name, chunks, analyzer, cancellationToken);
            await PostgresDatabase.RunAsync(
                connection, cancellationToken, PostgresDatabase.Sql("UPDATE chunks.revision SET terms = $2 WHERE id = $1", revision.Row, terms)).ConfigureAwait(false);
        }

        await PostgresDatabase.RunAsync(
            connection,
            cancellationToken,
            PostgresDatabase.Sql("UPDATE chunks.collection SET analysis = $2, edition = nextval('chunks.revision_id') WHERE id = $1", collection.Id, analyzer.Version)).ConfigureAwait(false);
        return true;
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
