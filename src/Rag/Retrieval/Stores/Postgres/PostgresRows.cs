using System.Text.Json;
using Npgsql;
using Pgvector;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>Revisions and chunks as rows. They are written by INSERT: PostgreSQL has no COPY into tables whose rows are guarded.</summary>
internal static class PostgresRows
{
    /// <summary>Columns that <see cref="Revision"/> reads.</summary>
    public const string RevisionColumns = "own.id, own.document, own.number, own.name, own.folder, own.tags, own.date, own.language";

    /// <summary>Columns that <see cref="Chunk"/> reads.</summary>
    public const string ChunkColumns = "own.ordinal, own.text, own.path, own.page, own.start, own.\"end\", own.tags";

    // So many rows are sent at once.
    private const int Together = 500;

    /// <summary>Writes a revision's chunks, numbered from 0.</summary>
    public static async Task InsertAsync(
        NpgsqlConnection connection, TenantId tenant, long revision, IReadOnlyList<EmbeddedChunk> chunks, PostgresSpace? space, CancellationToken cancellationToken)
    {
        var first = 0;
        foreach (var part in chunks.Chunk(Together))
        {
            var commands = new List<NpgsqlBatchCommand> { InsertChunks(tenant, revision, first, part) };
            if (space is not null && Array.Exists(part, x => !x.Vector.IsEmpty))
            {
                commands.Add(InsertVectors(tenant, revision, first, part, space));
            }

            await PostgresDatabase.RunAsync(connection, cancellationToken, commands).ConfigureAwait(false);
            first += part.Length;
        }
    }

    /// <summary>Writes a revision's own row; its collection's generation is its own.</summary>
    public static NpgsqlBatchCommand InsertRevision(PostgresCollection collection, TenantId tenant, long id, StoredDocument document, int number, bool embedded, byte[] terms) =>
        PostgresDatabase.Sql(
            """
            INSERT INTO chunks.revision (id, tenant, collection, document, number, generation, name, folder, tags, date, language, embedded, terms)
            SELECT $1, $2, id, $4, $5, generation, $6, $7, $8, $9, $10, $11, $12 FROM chunks.collection WHERE id = $3
            """,
            id,
            tenant.Value,
            collection.Id,
            document.Id.Value,
            number,
            PostgresText.Encode(document.Name),
            PostgresText.Encode(document.Folder),
            JsonSerializer.Serialize(document.Tags),
            new NpgsqlParameter<DateOnly?> { TypedValue = document.Date },
            document.Language is { } language ? PostgresText.Encode(language) : null,
            embedded,
            terms);

    /// <summary>Deletes a document's revisions from one number on and below another, with all that is theirs.</summary>
    public static NpgsqlBatchCommand Delete(PostgresCollection collection, TenantId tenant, DocumentId document, long from, long below) => PostgresDatabase.Sql(
        $"""
        WITH gone AS (DELETE FROM chunks.revision WHERE tenant = $1 AND collection = $2 AND document = $3 AND number >= $4 AND number < $5 RETURNING id)
        {DeleteTheirs(collection.Space)}
        """,
        tenant.Value,
        collection.Id,
        document.Value,
        from,
        below);

    /// <summary>Deletes all of a collection but its own row.</summary>
    public static NpgsqlBatchCommand DeleteAll(long collection, PostgresSpace? space) => PostgresDatabase.Sql(
        $"""
        WITH gone AS (DELETE FROM chunks.revision WHERE collection = $1 RETURNING id), told AS (DELETE FROM chunks.removal WHERE collection = $1)
        {DeleteTheirs(space)}
        """,
        collection);

    /// <summary>A row of <see cref="RevisionColumns"/>.</summary>
    public static IndexedRevision Revision(NpgsqlDataReader reader)
    {
        var document = new StoredDocument(new DocumentId(reader.GetGuid(1)), PostgresText.Decode(reader.GetString(3)))
        {
            Folder = PostgresText.Decode(reader.GetString(4)),
            Tags = JsonSerializer.Deserialize<string[]>(reader.GetString(5))!,
            Date = reader.IsDBNull(6) ? null : reader.GetFieldValue<DateOnly>(6),
            Language = reader.IsDBNull(7) ? null : PostgresText.Decode(reader.GetString(7)),
        };
        return new IndexedRevision(reader.GetInt64(0), document, reader.GetInt32(2));
    }

    /// <summary>A row of <see cref="ChunkColumns"/>, which begin at a column.</summary>
    public static Chunk Chunk(NpgsqlDataReader reader, DocumentId document, int column = 0) => new(
        document,
        reader.GetInt32(column),
        PostgresText.Decode(reader.GetString(column + 1)),
        PostgresText.Decode(reader.GetString(column + 2)),
        reader.IsDBNull(column + 3) ? null : reader.GetInt32(column + 3),
        reader.GetInt32(column + 4),
        reader.GetInt32(column + 5))
    {
        Tags = reader.IsDBNull(column + 6) ? SectionTags.None : JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(column + 6))!,
    };

    private static string DeleteTheirs(PostgresSpace? space) => space is null
        ? "DELETE FROM chunks.chunk USING gone WHERE revision = gone.id"
        : $", bare AS (DELETE FROM {space.Table} USING gone WHERE revision = gone.id) DELETE FROM chunks.chunk USING gone WHERE revision = gone.id";

    private static NpgsqlBatchCommand InsertChunks(TenantId tenant, long revision, int first, EmbeddedChunk[] part) => PostgresDatabase.Sql(
        """
        INSERT INTO chunks.chunk (tenant, revision, number, ordinal, text, path, page, start, "end", tags)
        SELECT $1, $2, * FROM unnest($3::integer[], $4::integer[], $5::text[], $6::text[], $7::integer[], $8::integer[], $9::integer[], $10::text[])
        """,
        tenant.Value,
        revision,
        Enumerable.Range(first, part.Length).ToArray(),
        Array.ConvertAll(part, x => x.Chunk.Ordinal),
        Array.ConvertAll(part, x => PostgresText.Encode(x.Chunk.Text)),
        Array.ConvertAll(part, x => PostgresText.Encode(x.Chunk.Path)),
        Array.ConvertAll(part, x => x.Chunk.Page),
        Array.ConvertAll(part, x => x.Chunk.Start),
        Array.ConvertAll(part, x => x.Chunk.End),
        Array.ConvertAll(part, x => x.Chunk.Tags.Count == 0 ? null : JsonSerializer.Serialize(x.Chunk.Tags)));

    private static NpgsqlBatchCommand InsertVectors(TenantId tenant, long revision, int first, EmbeddedChunk[] part, PostgresSpace space)
    {
        var having = part.Index().Where(x => !x.Item.Vector.IsEmpty).ToArray();
        return PostgresDatabase.Sql(
            $"INSERT INTO {space.Table} (tenant, revision, number, embedding) SELECT $1, $2, * FROM unnest($3::integer[], $4::vector[])",
            tenant.Value,
            revision,
            Array.ConvertAll(having, x => first + x.Index),
            Array.ConvertAll(having, x => new Vector(x.Item.Vector)));
    }
}
