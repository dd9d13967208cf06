using System.Numerics.Tensors;
using System.Text.Json;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Stores.Shared;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>
/// One tenant's points in a collection of a Qdrant server. It has no transactions: a reading may see the beginning of a change, but a revision is known
/// by its own point alone, and a chunk that is gone tells that another reading is due.
/// </summary>
internal sealed class QdrantChunkServer(QdrantCollection collection, TenantId tenant, TextAnalyzer analyzer, TimeProvider clock) : IChunkServer
{
    private static readonly string[] Document = ["document"];
    private static readonly string[] Placed = ["row", "number"];
    private static readonly string[] Named = ["document", "revision", "row", "generation", "embedded"];

    private readonly QdrantLog _log = new(collection, tenant, analyzer.Version, clock);

    private QdrantWriter Writer => new(collection, tenant, _log);

    public async Task PrepareAsync(bool create, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await _log.StateAsync(cancellationToken).ConfigureAwait(false) is { } state && state.Analysis != analyzer.Version)
        {
            await new QdrantAnalysis(collection, tenant, analyzer, clock).RunAsync(state.Stamp, cancellationToken).ConfigureAwait(false);
        }

        if (create)
        {
            await _log.CreateAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task WriteAsync(StoredDocument document, int number, IReadOnlyList<EmbeddedChunk> chunks, byte[] terms, CancellationToken cancellationToken) =>
        Writer.WriteAsync(document, number, chunks, terms, cancellationToken);

    public Task DeleteAsync(DocumentId document, int below, CancellationToken cancellationToken) => Writer.DeleteAsync(document, below, cancellationToken);

    public async Task<ServerLook?> LookAsync(VectorSearch? search, CancellationToken cancellationToken)
    {
        var near = search is null ? null : NearAsync(search, cancellationToken);
        var state = await _log.StateAsync(cancellationToken).ConfigureAwait(false);
        var found = near is null ? [] : await near.ConfigureAwait(false);
        return state is { } known ? new ServerLook(known.Stamp, found) : null;
    }

    public async Task ReadChangesAsync(Stamp since, Action<CollectionChange> tell, CancellationToken cancellationToken)
    {
        if (await _log.StateAsync(cancellationToken).ConfigureAwait(false) is not { } state)
        {
            return;
        }

        var isWhole = state.Stamp.Collection != since.Collection || state.Stamp.Generation < since.Generation;
        tell(new CollectionChange.Standing(state.Stamp, isWhole));
        var changed = isWhole ? null : await ChangedAsync(since.Generation, cancellationToken).ConfigureAwait(false);
        if (changed is { Count: 0 })
        {
            return;
        }

        var newest = await NewestAsync(changed is null ? [] : [QdrantFilter.Any<Guid>("document", [.. changed])], cancellationToken).ConfigureAwait(false);
        foreach (var document in changed?.Where(x => !newest.ContainsKey(x)) ?? [])
        {
            tell(new CollectionChange.Went(new DocumentId(document)));
        }

        // Their terms at last, and only of those that are seen.
        foreach (var part in newest.Values.Select(x => x.GetProperty("row").GetInt64()).Chunk(100))
        {
            await foreach (var point in RevisionsAsync([QdrantFilter.Any("row", part)], true, cancellationToken).ConfigureAwait(false))
            {
                tell(new CollectionChange.Came(QdrantPoint.ReadRevision(point), point.GetProperty("terms").GetBytesFromBase64()));
            }
        }
    }

    public async Task<IReadOnlyList<FoundChunk?>> FetchAsync(IReadOnlyList<Hit> hits, ReadOnlyMemory<float> question, CancellationToken cancellationToken)
    {
        var points = await PointsAsync([.. hits.Select(x => new ChunkPlace(x.Revision.Row, x.Chunk))], true, !question.IsEmpty, cancellationToken).ConfigureAwait(false);
        return [.. hits.Select(hit => points.TryGetValue(new ChunkPlace(hit.Revision.Row, hit.Chunk), out var point) ? Found(hit, point) : null)];

        FoundChunk Found(Hit hit, JsonElement point)
        {
            var vector = QdrantPoint.ReadVector(point);
            return new FoundChunk(hit, QdrantPoint.ReadChunk(point.GetProperty("payload")), vector.IsEmpty || question.IsEmpty ? null : TensorPrimitives.Dot(question.Span, vector.Span));
        }
    }

    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> ReadVectorsAsync(IReadOnlyList<ChunkPlace> places, CancellationToken cancellationToken)
    {
        var points = await PointsAsync(places, Placed, vectors: true, cancellationToken).ConfigureAwait(false);
        return [.. places.Select(place => points.TryGetValue(place, out var point) ? QdrantPoint.ReadVector(point) : default)];
    }

    public async Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, int first, int count, CancellationToken cancellationToken) =>
        [.. (await ChunksAsync(document, vectors: false, cancellationToken).ConfigureAwait(false)).Select(x => x.Chunk).Skip(first).Take(count)];

    public async Task<IReadOnlyList<EmbeddedChunk>> ReadEmbeddedAsync(DocumentId document, CancellationToken cancellationToken) =>
        await ChunksAsync(document, vectors: true, cancellationToken).ConfigureAwait(false);

    public async Task<StoredDocument?> FindAsync(DocumentId document, CancellationToken cancellationToken)
    {
        while (await NewestAsync(document, cancellationToken).ConfigureAwait(false) is { } head)
        {
            await foreach (var point in RevisionsAsync([QdrantFilter.Is("row", head.GetProperty("row").GetInt64())], true, cancellationToken).ConfigureAwait(false))
            {
                return QdrantPoint.ReadRevision(point).Document;
            }
        }

        return null;
    }

    public async Task<IReadOnlyList<StoredRevision>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await NewestAsync([], cancellationToken).ConfigureAwait(false)).Select(x => new StoredRevision(
            new DocumentId(x.Key), x.Value.GetProperty("revision").GetInt32(), x.Value.GetProperty("embedded").GetBoolean())),
    ];

    private async Task<List<EmbeddedChunk>> ChunksAsync(DocumentId document, bool vectors, CancellationToken cancellationToken)
    {
        while (await NewestAsync(document, cancellationToken).ConfigureAwait(false) is { } head)
        {
            var row = head.GetProperty("row").GetInt64();
            var own = QdrantFilter.Of(tenant, QdrantFilter.Is("kind", "chunk"), QdrantFilter.Is("row", row));
            var chunks = new List<EmbeddedChunk>();
            await foreach (var point in collection.ScrollAsync(own, true, vectors, cancellationToken).ConfigureAwait(false))
            {
                chunks.Add(new EmbeddedChunk(QdrantPoint.ReadChunk(point.GetProperty("payload")), vectors ? QdrantPoint.ReadVector(point) : default));
            }

            // The same point as before: no chunk went meanwhile.
            if (await NewestAsync(document, cancellationToken).ConfigureAwait(false) is { } now && now.GetProperty("row").GetInt64() == row)
            {
                return [.. chunks.OrderBy(x => x.Chunk.Ordinal)];
            }
        }

        return [];
    }

    private async Task<IReadOnlyList<NearChunk>> NearAsync(VectorSearch search, CancellationToken cancellationToken)
    {
        var question = search.Question.Vector;
        var width = await collection.WidthAsync(cancellationToken).ConfigureAwait(false);
        if (width == 0)
        {
            return [];
        }

        VectorWidth.Require(question.Length, width);
        var rows = search.Scope.AreLeftOut ? QdrantFilter.Except("row", search.Scope.Rows) : QdrantFilter.Any("row", search.Scope.Rows);
        var filter = QdrantFilter.Of(tenant, [QdrantFilter.Is("kind", "chunk"), .. search.Scope is { AreLeftOut: true, Rows.Count: 0 } ? [] : (object[])[rows]]);
        var found = await collection.QueryAsync(search.Scope.IsSmall ? Every(search, filter) : Fused(search, filter), cancellationToken).ConfigureAwait(false);
        return
        [
            .. found.Select(x => new NearChunk(
                QdrantPoint.ReadPlace(x.GetProperty("payload")),
                search.Scope.IsSmall ? x.GetProperty("score").GetSingle() : Likeness(question, QdrantPoint.ReadVector(x)))),
        ];
    }

    private static float Likeness(ReadOnlyMemory<float> question, ReadOnlyMemory<float> vector) =>
        vector.IsEmpty ? 0 : TensorPrimitives.Dot(question.Span, vector.Span);

    // A score of each vector there is.
    private static object Every(VectorSearch search, object filter) => new
    {
        Query = search.Question.Vector, Using = QdrantCollection.Dense, Filter = filter, Params = new { Exact = true }, Limit = search.Scope.Chunks, WithPayload = Placed,
    };

    // The best by vectors and the best by words as the server fuses them. How seldom a word is, is counted of the tenant's own points.
    private object Fused(VectorSearch search, object filter) => new
    {
        Prefetch = (object[])
        [
            new { Query = search.Question.Vector, Using = QdrantCollection.Dense, Filter = filter, Params = new { HnswEf = Math.Max(200, search.Count) }, Limit = search.Count },
            new
            {
                Query = QdrantWords.Of(search.Question.Words), Using = QdrantCollection.Sparse, Filter = filter, Params = new { Idf = new { Corpus = QdrantFilter.Of(tenant) } }, Limit = search.Count,
            },
        ],
        Query = new { Fusion = "rrf" },
        Limit = search.Count * 2,
        WithPayload = Placed,
        WithVector = new[] { QdrantCollection.Dense },
    };

    private async Task<Dictionary<ChunkPlace, JsonElement>> PointsAsync(
        IReadOnlyList<ChunkPlace> places, object payload, bool vectors, CancellationToken cancellationToken)
    {
        var points = new Dictionary<ChunkPlace, JsonElement>(places.Count);
        if (places.Count > 0)
        {
            var these = QdrantFilter.Of(tenant, QdrantFilter.Ids([.. places.Distinct().Select(QdrantPoint.IdOf)]));
            await foreach (var point in collection.ScrollAsync(these, payload, vectors, cancellationToken).ConfigureAwait(false))
            {
                points[QdrantPoint.ReadPlace(point.GetProperty("payload"))] = point;
            }
        }

        return points;
    }

    private async Task<HashSet<Guid>> ChangedAsync(long since, CancellationToken cancellationToken)
    {
        var changed = new HashSet<Guid>();
        var later = QdrantFilter.Of(tenant, QdrantFilter.Above("generation", since));
        await foreach (var point in collection.ScrollAsync(later, Document, vectors: false, cancellationToken).ConfigureAwait(false))
        {
            if (point.GetProperty("payload").TryGetProperty("document", out var document))
            {
                changed.Add(document.GetGuid());
            }
        }

        return changed;
    }

    private async Task<JsonElement?> NewestAsync(DocumentId document, CancellationToken cancellationToken) =>
        (await NewestAsync([QdrantFilter.Is("document", document.Value)], cancellationToken).ConfigureAwait(false)).TryGetValue(document.Value, out var head) ? head : null;

    // By their documents; of two points of one revision the later one counts, before the earlier is emptied.
    private async Task<Dictionary<Guid, JsonElement>> NewestAsync(object[] conditions, CancellationToken cancellationToken)
    {
        var newest = new Dictionary<Guid, JsonElement>();
        await foreach (var head in RevisionsAsync(conditions, Named, cancellationToken).ConfigureAwait(false))
        {
            var document = head.GetProperty("document").GetGuid();
            if (!newest.TryGetValue(document, out var known) || Order(known).CompareTo(Order(head)) < 0)
            {
                newest[document] = head;
            }
        }

        return newest;

        static (int, long) Order(JsonElement head) => (head.GetProperty("revision").GetInt32(), head.GetProperty("generation").GetInt64());
    }

    private async IAsyncEnumerable<JsonElement> RevisionsAsync(
        object[] conditions, object payload, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var these = QdrantFilter.Of(tenant, [QdrantFilter.Is("kind", "revision"), .. conditions]);
        await foreach (var point in collection.ScrollAsync(these, payload, vectors: false, cancellationToken).ConfigureAwait(false))
        {
            yield return point.GetProperty("payload");
        }
    }
}
