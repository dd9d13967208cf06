using Npgsql;
using Pgvector;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Stores.Shared;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>One collection in PostgreSQL. Every reading is one round trip and sees one state of the tables.</summary>
internal sealed class PostgresChunkServer(PostgresDatabase database, CollectionKey key, TextAnalyzer analyzer) : IChunkServer
{
    private const string Newest = "NOT EXISTS (SELECT 1 FROM chunks.revision AS newer WHERE newer.collection = own.collection AND newer.document = own.document AND newer.number > own.number)";
    private const string Collection = "own.tenant = $1 AND own.collection = (SELECT id FROM chunks.collection WHERE tenant = $1 AND domain = $2 AND model = $3)";

    private readonly PostgresWriter _writer = new(database, key, analyzer.Version);
    private volatile PostgresSpace? _space;

    private object[] Key => [key.Tenant.Value, key.Domain, key.Model];

    public async Task PrepareAsync(bool create, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await new PostgresAnalysis(database, key, analyzer).RunAsync(cancellationToken).ConfigureAwait(false);
        if (create)
        {
            await _writer.CreateAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task WriteAsync(StoredDocument document, int number, IReadOnlyList<EmbeddedChunk> chunks, byte[] terms, CancellationToken cancellationToken) =>
        _writer.WriteAsync(document, number, chunks, terms, cancellationToken);

    public Task DeleteAsync(DocumentId document, int below, CancellationToken cancellationToken) => _writer.DeleteAsync(document, below, cancellationToken);

    public async Task<ServerLook?> LookAsync(VectorSearch? search, CancellationToken cancellationToken)
    {
        while (true)
        {
            var space = search is null ? null : _space;
            if (space is not null)
            {
                VectorWidth.Require(search!.Question.Vector.Length, space.Width);
            }

            var (collection, near) = await database.ReadAsync<(PostgresCollection?, IReadOnlyList<NearChunk>)>(
                key.Tenant,
                space is null ? [PostgresCollection.Find(key)] : [PostgresCollection.Find(key), Near(search!, space)],
                async reader => (
                    await NextAsync(reader, PostgresCollection.ReadAsync, cancellationToken).ConfigureAwait(false),
                    space is null ? [] : await ReadAllAsync(reader, ReadNear, cancellationToken).ConfigureAwait(false)),
                cancellationToken).ConfigureAwait(false);
            if (collection is null || search is null || collection.Space == space)
            {
                return collection is null ? null : new ServerLook(collection.Stamp, near);
            }

            // The first vectors came since the last look.
            _space = collection.Space;
        }
    }

    public Task ReadChangesAsync(Stamp since, Action<CollectionChange> tell, CancellationToken cancellationToken) => database.ReadAsync(
        key.Tenant,
        [
            PostgresCollection.Find(key),
            PostgresDatabase.Sql(
                $"SELECT own.document FROM chunks.removal AS own WHERE {Collection} AND own.generation > $4", [.. Key, since.Generation]),
            PostgresDatabase.Sql(
                $"""
                SELECT {PostgresRows.RevisionColumns}, own.terms FROM chunks.revision AS own JOIN chunks.collection AS all_of ON all_of.id = own.collection
                WHERE {Collection} AND {Newest}
                    AND own.generation > CASE WHEN all_of.edition = $4 AND all_of.generation >= $5 THEN $5 ELSE -1 END
                ORDER BY own.id
                """,
                [.. Key, since.Collection, since.Generation]),
        ],
        async reader =>
        {
            if (await NextAsync(reader, PostgresCollection.ReadAsync, cancellationToken).ConfigureAwait(false) is not { } collection)
            {
                return false;
            }

            var isWhole = collection.Stamp.Collection != since.Collection || collection.Stamp.Generation < since.Generation;
            tell(new CollectionChange.Standing(collection.Stamp, isWhole));
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                tell(new CollectionChange.Went(new DocumentId(reader.GetGuid(0))));
            }

            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                tell(new CollectionChange.Came(PostgresRows.Revision(reader), reader.GetFieldValue<byte[]>(8)));
            }

            return true;
        },
        cancellationToken);

    public async Task<IReadOnlyList<FoundChunk?>> FetchAsync(IReadOnlyList<Hit> hits, ReadOnlyMemory<float> question, CancellationToken cancellationToken)
    {
        if (hits.Count == 0)
        {
            return [];
        }

        var space = question.IsEmpty ? null : _space;
        var found = new FoundChunk?[hits.Count];
        var (likeness, join) = space is null ? ("NULL::real", "") : ("(-(near.embedding <#> $4))::real", $"LEFT JOIN {space.Table} AS near ON near.revision = own.revision AND near.number = own.number");
        return await database.ReadAsync<IReadOnlyList<FoundChunk?>>(
            key.Tenant,
            [
                PostgresDatabase.Sql(
                    $"""
                    SELECT place, {likeness}, {PostgresRows.ChunkColumns} FROM unnest($2::bigint[], $3::integer[]) WITH ORDINALITY AS asked(revision, number, place)
                    JOIN chunks.chunk AS own ON own.revision = asked.revision AND own.number = asked.number {join} WHERE own.tenant = $1
                    """,
                    [
                        key.Tenant.Value, hits.Select(x => x.Revision.Row).ToArray(), hits.Select(x => x.Chunk).ToArray(), .. space is null ? [] : (object[])[new Vector(question)],
                    ]),
            ],
            async reader =>
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var place = (int)reader.GetInt64(0) - 1;
                    var chunk = PostgresRows.Chunk(reader, hits[place].Revision.Document.Id, column: 2);
                    found[place] = new FoundChunk(hits[place], chunk, reader.IsDBNull(1) ? null : reader.GetFloat(1));
                }

                return found;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> ReadVectorsAsync(IReadOnlyList<ChunkPlace> places, CancellationToken cancellationToken)
    {
        var vectors = new ReadOnlyMemory<float>[places.Count];
        return _space is not { } space ? vectors : await database.ReadAsync<IReadOnlyList<ReadOnlyMemory<float>>>(
            key.Tenant,
            [
                PostgresDatabase.Sql(
                    $"""
                    SELECT place, own.embedding FROM unnest($2::bigint[], $3::integer[]) WITH ORDINALITY AS asked(revision, number, place)
                    JOIN {space.Table} AS own ON own.revision = asked.revision AND own.number = asked.number WHERE own.tenant = $1
                    """,
                    key.Tenant.Value,
                    places.Select(x => x.Row).ToArray(),
                    places.Select(x => x.Chunk).ToArray()),
            ],
            async reader =>
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    vectors[reader.GetInt64(0) - 1] = reader.GetFieldValue<Vector>(1).Memory;
                }

                return vectors;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, int first, int count, CancellationToken cancellationToken) => await ReadAllAsync(
        $"""
        SELECT {PostgresRows.ChunkColumns} FROM chunks.chunk AS own WHERE own.tenant = $1 AND own.number >= $5 AND own.number < $6
            AND own.revision = (SELECT own.id FROM chunks.revision AS own WHERE {Collection} AND own.document = $4 ORDER BY own.number DESC LIMIT 1)
        ORDER BY own.number
        """,
        [document.Value, first, (long)first + count],
        reader => PostgresRows.Chunk(reader, document),
        cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<EmbeddedChunk>> ReadEmbeddedAsync(DocumentId document, CancellationToken cancellationToken)
    {
        var space = await SpaceAsync(cancellationToken).ConfigureAwait(false);
        var (embedding, join) = space is null
            ? ("NULL::vector", "")
            : ("near.embedding", $"LEFT JOIN {space.Table} AS near ON near.tenant = own.tenant AND near.revision = own.revision AND near.number = own.number");
        return await ReadAllAsync(
            $"""
            SELECT {embedding}, {PostgresRows.ChunkColumns} FROM chunks.chunk AS own {join} WHERE own.tenant = $1
                AND own.revision = (SELECT own.id FROM chunks.revision AS own WHERE {Collection} AND own.document = $4 ORDER BY own.number DESC LIMIT 1)
            ORDER BY own.number
            """,
            [document.Value],
            reader => new EmbeddedChunk(PostgresRows.Chunk(reader, document, column: 1), reader.IsDBNull(0) ? default : reader.GetFieldValue<Vector>(0).Memory),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<StoredDocument?> FindAsync(DocumentId document, CancellationToken cancellationToken) => (await ReadAllAsync(
        $"SELECT {PostgresRows.RevisionColumns} FROM chunks.revision AS own WHERE {Collection} AND own.document = $4 ORDER BY own.number DESC LIMIT 1",
        [document.Value],
        reader => PostgresRows.Revision(reader).Document,
        cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    public async Task<IReadOnlyList<StoredRevision>> ListAsync(CancellationToken cancellationToken) => await ReadAllAsync(
        $"SELECT own.document, own.number, own.embedded FROM chunks.revision AS own WHERE {Collection} AND {Newest}",
        [],
        reader => new StoredRevision(new DocumentId(reader.GetGuid(0)), reader.GetInt32(1), reader.GetBoolean(2)),
        cancellationToken).ConfigureAwait(false);

    private async Task<PostgresSpace?> SpaceAsync(CancellationToken cancellationToken) => (await database.ReadAsync(
        key.Tenant, [PostgresCollection.Find(key)], reader => PostgresCollection.ReadAsync(reader, cancellationToken), cancellationToken).ConfigureAwait(false))?.Space;

    // The inner product of unit vectors is their likeness; the operator gives it negative, since indexes go upwards.
    private NpgsqlBatchCommand Near(VectorSearch search, PostgresSpace space)
    {
        var rows = search.Scope.Rows.ToArray();
        object[] values = [new Vector(search.Question.Vector), key.Tenant.Value, rows];
        var select = $"SELECT revision, number, (-(embedding <#> $1))::real FROM {space.Table} WHERE tenant = $2";
        return search.Scope switch
        {
            { IsSmall: true } => PostgresDatabase.Sql($"{select} AND revision = ANY($3)", values),
            { AreLeftOut: true, Rows.Count: 0 } => PostgresDatabase.Sql($"{select} ORDER BY embedding <#> $1 LIMIT $3", [.. values[..2], search.Count]),
            { AreLeftOut: true } => PostgresDatabase.Sql($"{select} AND revision <> ALL($3) ORDER BY embedding <#> $1 LIMIT $4", [.. values, search.Count]),
            _ => PostgresDatabase.Sql($"{select} AND revision = ANY($3) ORDER BY embedding <#> $1 LIMIT $4", [.. values, search.Count]),
        };
    }

    private static NearChunk ReadNear(NpgsqlDataReader reader) => new(new ChunkPlace(reader.GetInt64(0), reader.GetInt32(1)), reader.GetFloat(2));

    private Task<List<T>> ReadAllAsync<T>(string sql, object[] more, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) => database.ReadAsync(
        key.Tenant, [PostgresDatabase.Sql(sql, [.. Key, .. more])], reader => ReadAllAsync(reader, read, cancellationToken), cancellationToken);

    private static async Task<List<T>> ReadAllAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static async Task<T> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var found = await read(reader, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return found;
    }
}
