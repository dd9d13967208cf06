using Tessera.Rag.Retrieval.Indexing;
using Microsoft.Data.Sqlite;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>
/// One SQLite file and, from the first search on, its lexical index in memory. The index is derived from committed rows alone: it
/// follows each commit, and is made anew when the file's generation is not its own. One writer at a time; SQLite works synchronously,
/// so calls run on the caller's thread once they have their turn.
/// </summary>
internal sealed class SqliteChunkStore(ChunkFile file, TextAnalyzer analyzer, IndexMemory memory) : IAnalyzingStore
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly IndexCell _cell = new(memory);
    private volatile bool _ready;

    public TextAnalyzer Analyzer => analyzer;

    public Task EnsureCreatedAsync(CancellationToken cancellationToken) =>
        WriteAsync(
            () =>
            {
                using var connection = Prepare(cancellationToken);
            },
            cancellationToken);

    public async Task UpsertAsync(
        StoredDocument document, int revision, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken)
    {
        var ordered = RevisionChunks.Ordered(document, revision, chunks);
        var terms = RevisionFields.Write(document.Name, ordered.Select(chunk => chunk.Chunk), analyzer, cancellationToken);
        await WriteAsync(() => Upsert(document, revision, ordered, terms, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public Task DeleteAsync(DocumentId document, int belowRevision, CancellationToken cancellationToken) =>
        WriteAsync(() => Delete(document, belowRevision, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<Candidate>> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Top, SearchRequest.Most);
        cancellationToken.ThrowIfCancellationRequested();
        var terms = QuestionTerms.Of(request, analyzer);
        return terms.Words.Count + terms.Meant.Count == 0 ? [] : await WithIndexAsync<IReadOnlyList<Candidate>>(
            (index, connection) =>
            {
                var hits = KeptHits.Search(index, request, terms, Math.Max(request.Top, CandidateReader.Depth), cancellationToken);
                return new CandidateReader(index, terms, analyzer).Read(ChunkRows.Find(connection, hits, terms.Vector), request.Top);
            },
            [],
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<double>> WeighAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(words);
        cancellationToken.ThrowIfCancellationRequested();
        var unknown = words.Select(_ => Bm25.InverseFrequency(0, 0));
        return await WithIndexAsync<IReadOnlyList<double>>(
            (index, _) => [.. words.Select(word => index.Weigh(Term.KeyOf(word)))], [.. unknown], cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, CancellationToken cancellationToken) =>
        ReadAsync(document, 0, RevisionChunks.Most, cancellationToken);

    public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, int first, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return ReadAsync<Chunk>(
            file => RevisionRows.FindNewest(file, document) is { } row ? [.. ChunkRows.Read(file, row, document, first, count)] : [], cancellationToken);
    }

    public Task<IReadOnlyList<EmbeddedChunk>> ReadEmbeddedAsync(DocumentId document, CancellationToken cancellationToken) => ReadAsync<EmbeddedChunk>(
        file => RevisionRows.FindNewest(file, document) is { } row ? [.. ChunkRows.ReadEmbedded(file, row, document)] : [], cancellationToken);

    public async Task<StoredDocument?> FindAsync(DocumentId document, CancellationToken cancellationToken) =>
        (await ReadAsync(file => RevisionRows.Find(file, document), cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    public Task<IReadOnlyList<StoredRevision>> ListAsync(CancellationToken cancellationToken) => ReadAsync(RevisionRows.List, cancellationToken);

    /// <summary>Deletes the file; a later write makes it anew.</summary>
    public Task DropAsync(CancellationToken cancellationToken) => WriteAsync(
        () => _cell.Write(() =>
        {
            _ready = false;
            file.Delete();
            return null;
        }),
        cancellationToken);

    public void Dispose()
    {
        _cell.Dispose();
        _writing.Dispose();
        file.Close();
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(Func<SqliteConnection, List<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (file.Exists)
        {
            if (ChunkFile.Try(() => _cell.Read(_ => _ready ? Read(read) : null)) is { } found)
            {
                return found;
            }

            await EnsureCreatedAsync(cancellationToken).ConfigureAwait(false);
        }

        return [];
    }

    private List<T> Read<T>(Func<SqliteConnection, List<T>> read)
    {
        using var connection = file.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        return read(connection);
    }

    private void Upsert(
        StoredDocument document, int number, List<EmbeddedChunk> chunks, byte[] terms, CancellationToken cancellationToken)
    {
        using var connection = Prepare(cancellationToken);
        using var transaction = connection.BeginTransaction(deferred: false);
        Collection.Require(connection, analyzer);
        ChunkRows.RequireWidth(connection, chunks);
        var index = CurrentIndex(connection);
        var seen = index?.Find(document.Id);
        var isLate = seen?.Number > number;
        var old = seen is null || isLate ? null : RevisionRows.ReadTerms(connection, seen.Row);
        var replaced = RevisionRows.Delete(connection, document.Id, number, number + 1L);
        var row = RevisionRows.Insert(connection, document, number, terms);
        ChunkRows.Insert(connection, row, chunks, cancellationToken);
        Commit(transaction, index, changed =>
        {
            if (old is not null)
            {
                changed.Remove(document.Id, new RevisionFields(old));
            }

            if (!isLate)
            {
                changed.Add(new IndexedRevision(row, document, number), new RevisionFields(terms), chunks.Select(chunk => chunk.Vector));
            }
        });
        EmptyLogAfter(replaced);
    }

    private void Delete(DocumentId document, int below, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            return;
        }

        using var connection = Prepare(cancellationToken);
        if (!RevisionRows.Any(connection, document, below))
        {
            return;
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        var index = CurrentIndex(connection);
        var old = index?.Find(document) is { } seen && seen.Number < below ? RevisionRows.ReadTerms(connection, seen.Row) : null;
        var deleted = RevisionRows.Delete(connection, document, 0, below);
        Commit(transaction, index, changed =>
        {
            if (old is not null)
            {
                changed.Remove(document, new RevisionFields(old));
            }
        });
        EmptyLogAfter(deleted);
    }

    // Readers see rows and index change together. A fault in between forgets the index: it is then made anew from the rows.
    private void Commit(SqliteTransaction transaction, ChunkIndex? index, Action<ChunkIndex> change)
    {
        var generation = Collection.Advance(transaction.Connection!);
        _cell.Write(() =>
        {
            transaction.Commit();
            if (index is not null)
            {
                change(index);
            }

            return index?.At(generation);
        });
    }

    // Loads the index where it is not in memory, and again where another process changed the file.
    private async Task<T> WithIndexAsync<T>(
        Func<ChunkIndex, SqliteConnection, T> read, T nothing, CancellationToken cancellationToken)
        where T : class
    {
        while (file.Exists)
        {
            if (ChunkFile.Try(() => _cell.Read(index => index is null ? null : ReadCurrent(index, read))) is { } result)
            {
                return result;
            }

            await WriteAsync(() => LoadIndex(cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return nothing;
    }

    private T? ReadCurrent<T>(ChunkIndex index, Func<ChunkIndex, SqliteConnection, T> read)
        where T : class
    {
        using var connection = file.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        if (Collection.Generation(connection) == index.Generation)
        {
            return read(index, connection);
        }

        _cell.Forget(index);
        return null;
    }

    private void LoadIndex(CancellationToken cancellationToken)
    {
        if (_cell.Current is not null || !file.Exists)
        {
            return;
        }

        using var connection = Prepare(cancellationToken);
        using var transaction = connection.BeginTransaction(deferred: true);
        var index = new ChunkIndex().At(Collection.Generation(connection));
        foreach (var (revision, terms) in RevisionRows.ReadNewest(connection))
        {
            cancellationToken.ThrowIfCancellationRequested();
            index.Add(revision, new RevisionFields(terms), ChunkRows.ReadVectors(connection, revision.Row));
        }

        _cell.Write(() => index);
    }

    // The index that this transaction's changes may be applied to; null where there is none, or none of this generation.
    private ChunkIndex? CurrentIndex(SqliteConnection connection) =>
        _cell.Current is { IsWorn: false } index && index.Generation == Collection.Generation(connection) ? index : null;

    private SqliteConnection Prepare(CancellationToken cancellationToken)
    {
        if (_ready && file.Exists)
        {
            return file.Open();
        }

        var connection = file.Create(analyzer.Version);
        try
        {
            Collection.Analyze(connection, analyzer, cancellationToken);
            _ready = true;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void EmptyLogAfter(int deleted)
    {
        if (deleted > 0)
        {
            _cell.Alone(file.EmptyLog);
        }
    }

    private async Task WriteAsync(Action work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ChunkFile.Try(() =>
            {
                work();
                return true;
            });
        }
        finally
        {
            _writing.Release();
        }
    }
}
