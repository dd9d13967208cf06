using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Shared;

/// <summary>
/// A collection on a server that other hosts write to as well. Its words are searched here, in an index in memory that is made of the stored terms, so
/// that it ranks as the embedded store does; vectors are searched there. Each search asks the server which state it is in, and first lets the index
/// follow where that is not the index's own.
/// </summary>
internal sealed class SharedChunkStore(IChunkServer server, TextAnalyzer analyzer, IndexMemory memory) : IAnalyzingStore
{
    // Each is begun because another host changed what was found, between two requests.
    private const int MostRounds = 100;

    // What words alone find gets its likeness when it is read: so many more are read as could then come first.
    private const int Closer = 2;

    private readonly SemaphoreSlim _following = new(1, 1);
    private readonly IndexCell _cell = new(memory);
    private volatile bool _ready;

    public TextAnalyzer Analyzer => analyzer;

    public async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        await server.PrepareAsync(create: true, cancellationToken).ConfigureAwait(false);
        _ready = true;
    }

    public async Task UpsertAsync(
        StoredDocument document, int revision, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken)
    {
        var ordered = RevisionChunks.Ordered(document, revision, chunks);
        var terms = RevisionFields.Write(document.Name, ordered.Select(chunk => chunk.Chunk), analyzer, cancellationToken);
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        await server.WriteAsync(document, revision, ordered, terms, cancellationToken).ConfigureAwait(false);
    }

    public Task DeleteAsync(DocumentId document, int belowRevision, CancellationToken cancellationToken) =>
        server.DeleteAsync(document, belowRevision, cancellationToken);

    public async Task<IReadOnlyList<Candidate>> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Top, SearchRequest.Most);
        cancellationToken.ThrowIfCancellationRequested();
        var terms = QuestionTerms.Of(request, analyzer);
        return terms.Words.Count + terms.Meant.Count == 0
            ? []
            : await WithIndexAsync(index => SearchAsync(index, request, terms, cancellationToken), cancellationToken).ConfigureAwait(false) ?? [];
    }

    public async Task<IReadOnlyList<double>> WeighAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(words);
        var weights = await WithIndexAsync<double[]>(
            async index =>
            {
                var stamp = index.Stamp;
                var look = await server.LookAsync(null, cancellationToken).ConfigureAwait(false);
                return look is null
                    ? []
                    : _cell.Read(_ => look.Stamp == stamp && index.Stamp == stamp ? words.Select(word => index.Weigh(Term.KeyOf(word))).ToArray() : null);
            },
            cancellationToken).ConfigureAwait(false);
        return weights is { Length: > 0 } ? weights : [.. words.Select(_ => Bm25.InverseFrequency(0, 0))];
    }

    public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, CancellationToken cancellationToken) =>
        ReadAsync(document, 0, RevisionChunks.Most, cancellationToken);

    public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, int first, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return server.ReadAsync(document, first, Math.Min(count, RevisionChunks.Most), cancellationToken);
    }

    public Task<IReadOnlyList<EmbeddedChunk>> ReadEmbeddedAsync(DocumentId document, CancellationToken cancellationToken) =>
        server.ReadEmbeddedAsync(document, cancellationToken);

    public Task<StoredDocument?> FindAsync(DocumentId document, CancellationToken cancellationToken) => server.FindAsync(document, cancellationToken);

    public Task<IReadOnlyList<StoredRevision>> ListAsync(CancellationToken cancellationToken) => server.ListAsync(cancellationToken);

    public void Dispose()
    {
        _cell.Dispose();
        _following.Dispose();
    }

    // Null where the index or what it found is not the server's present state.
    private async Task<IReadOnlyList<Candidate>?> SearchAsync(ChunkIndex index, SearchRequest request, QuestionTerms terms, CancellationToken cancellationToken)
    {
        var (stamp, scope) = _cell.Read(_ => (index.Stamp, index.Scope(request.Filter)));
        var depth = Math.Max(request.Top, CandidateReader.Depth);
        var search = terms.Vector.IsEmpty || scope.Chunks == 0 ? null : new VectorSearch(terms, scope, depth);
        if (await server.LookAsync(search, cancellationToken).ConfigureAwait(false) is not { } look)
        {
            return [];
        }

        if (look.Stamp != stamp)
        {
            return null;
        }

        var knowsAll = search is null || scope.IsSmall;
        float? deviation = knowsAll ? null : await DeviationAsync(index, terms, scope, cancellationToken).ConfigureAwait(false);
        var hits = _cell.Read(_ => index.Stamp == stamp
            ? index.Search(terms, knowsAll ? depth : depth * Closer, request.Filter, new NearVectors(look.Near, deviation), cancellationToken)
            : null);
        if (hits is null)
        {
            return null;
        }

        var found = await server.FetchAsync(hits, terms.Vector, cancellationToken).ConfigureAwait(false);
        if (found.Contains(null))
        {
            return null;
        }

        var best = knowsAll ? found! : found.OrderByDescending(x => x!.Signals.Times(CandidateScore.Choosing).Sum()).Take(depth);
        return _cell.Read(_ => new CandidateReader(index, terms, analyzer).Read(best!, request.Top));
    }

    private async Task<float> DeviationAsync(ChunkIndex index, QuestionTerms terms, SearchScope scope, CancellationToken cancellationToken)
    {
        if (index.Sample is not { } sample || !sample.Fits(index.Chunks))
        {
#pragma warning disable CA5394 // Which vectors are looked at is no secret.
            var (places, chunks) = _cell.Read(_ => (index.Pick(VectorSample.Wanted, Random.Shared), index.Chunks));
#pragma warning restore CA5394
            var vectors = await server.ReadVectorsAsync(places, cancellationToken).ConfigureAwait(false);
            index.Sample = sample = new VectorSample(chunks, [.. places.Select(x => x.Row)], vectors);
        }

        return sample.Deviation(terms.Vector.Span, scope);
    }

    // Null where there is no collection. Reading gives null where the index has to follow first.
    private async Task<T?> WithIndexAsync<T>(Func<ChunkIndex, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        for (var round = 0; round < MostRounds; round++)
        {
            if (_cell.Read(index => index) is { IsWorn: false } index && await read(index).ConfigureAwait(false) is { } result)
            {
                return result;
            }

            if (!await FollowAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }

        throw new TransientException("The search index changes faster than it can be searched.");
    }

    // False where there is no collection.
    private async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        await _following.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var index = _cell.Current is { IsWorn: false } current ? current : null;
            var (standing, changes) = ((CollectionChange.Standing?)null, new List<CollectionChange>());
            await server.ReadChangesAsync(index?.Stamp ?? default, Take, cancellationToken).ConfigureAwait(false);
            _cell.Write(() => standing is null ? null : Apply(index!, changes).At(standing.Stamp));
            return standing is not null;

            // A whole index is nobody's yet; in one that is read, all changes are made together.
            void Take(CollectionChange change)
            {
                if (change is CollectionChange.Standing first)
                {
                    standing = first;
                    index = first.IsWhole ? new ChunkIndex() : index;
                }
                else if (standing!.IsWhole && change is CollectionChange.Came came)
                {
                    index!.Add(came.Revision, new RevisionFields(came.Terms), []);
                }
                else
                {
                    changes.Add(change);
                }
            }
        }
        finally
        {
            _following.Release();
        }
    }

    private static ChunkIndex Apply(ChunkIndex index, List<CollectionChange> changes)
    {
        foreach (var change in changes)
        {
            if (change is CollectionChange.Went went)
            {
                index.Remove(went.Document);
            }
            else if (change is CollectionChange.Came came && index.Find(came.Revision.Document.Id)?.Row != came.Revision.Row)
            {
                index.Remove(came.Revision.Document.Id);
                index.Add(came.Revision, new RevisionFields(came.Terms), []);
            }
        }

        index.Sweep();
        return index;
    }

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        if (!_ready)
        {
            await server.PrepareAsync(create: false, cancellationToken).ConfigureAwait(false);
            _ready = true;
        }
    }
}
