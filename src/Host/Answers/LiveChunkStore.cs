using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>
/// A store as questions see it: passages of documents that are deleted, or that no row of the tenant knows, are not
/// there, and the names and folders of the others are known. For one request; not for concurrent use, as its context is not.
/// </summary>
internal sealed class LiveChunkStore(IChunkStore store, TenantDbContext rows, string domain) : IChunkStore
{
    private const int Deepest = 1000;
    private readonly Dictionary<DocumentId, FoundDocument> documents = [];

    /// <summary>The name of a document that a search found.</summary>
    /// <exception cref="InvalidOperationException">No search found it: it must not be cited.</exception>
    public string NameOf(DocumentId document) => DocumentOf(document).Name;

    /// <summary>A document that a search found.</summary>
    /// <exception cref="InvalidOperationException">No search found it: it must not be cited.</exception>
    public FoundDocument DocumentOf(DocumentId document) =>
        documents.GetValueOrDefault(document) ?? throw new InvalidOperationException("An answer cites a document that was not found for it.");

    public async Task<IReadOnlyList<Candidate>> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        // What is deleted but not purged yet must not crowd out what is there: the search goes deeper.
        for (var top = request.Top; ; top = Math.Min(top * 4, Deepest))
        {
            var found = await store.SearchAsync(request with { Top = top }, cancellationToken);
            await LearnDocumentsAsync(found, cancellationToken);
            var live = found.Where(passage => documents.ContainsKey(passage.Chunk.Document)).Take(request.Top).ToList();
            if (live.Count == request.Top || found.Count < top || top == Deepest)
            {
                return live;
            }
        }
    }

    public Task<IReadOnlyList<double>> WeighAsync(IReadOnlyList<string> words, CancellationToken cancellationToken) =>
        store.WeighAsync(words, cancellationToken);

    public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, CancellationToken cancellationToken) =>
        store.ReadAsync(document, cancellationToken);

    public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, int first, int count, CancellationToken cancellationToken) =>
        store.ReadAsync(document, first, count, cancellationToken);

    public Task<IReadOnlyList<EmbeddedChunk>> ReadEmbeddedAsync(DocumentId document, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Questions look for passages.");

    public Task<StoredDocument?> FindAsync(DocumentId document, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Questions look for passages.");

    public Task<IReadOnlyList<StoredRevision>> ListAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("Questions look for passages.");

    public Task EnsureCreatedAsync(CancellationToken cancellationToken) => store.EnsureCreatedAsync(cancellationToken);

    public Task UpsertAsync(
        StoredDocument document, int revision, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Questions write nothing.");

    public Task DeleteAsync(DocumentId document, int belowRevision, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Questions delete nothing.");

    private async Task LearnDocumentsAsync(IReadOnlyList<Candidate> found, CancellationToken cancellationToken)
    {
        var unknown = found.Select(passage => passage.Chunk.Document).Distinct().Where(id => !documents.ContainsKey(id)).Select(id => id.Value).ToList();
        var live = await rows.Documents.AsNoTracking()
            .Where(row => unknown.Contains(row.Id) && row.Domain == domain && row.DeletedAt == null)
            .Select(row => new { row.Id, row.Name, row.Folder }).ToListAsync(cancellationToken);
        live.ForEach(row => documents.Add(new DocumentId(row.Id), new FoundDocument(row.Name, row.Folder)));
    }
}
