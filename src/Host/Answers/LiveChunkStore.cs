using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>
/// A store as questions see it: passages of documents that are deleted, or that no row of the tenant knows, are not
/// there, and the names of the others are known. For one request; not for concurrent use, as its context is not.
/// </summary>
internal sealed class LiveChunkStore(IChunkStore store, TenantDbContext rows, string domain) : IChunkStore
{
    private readonly Dictionary<DocumentId, string> names = [];

    /// <summary>The name of a document that a search found.</summary>
    /// <exception cref="InvalidOperationException">No search found it: it must not be cited.</exception>
    public string NameOf(DocumentId document) =>
        names.GetValueOrDefault(document) ?? throw new InvalidOperationException("An answer cites a document that was not found for it.");

    public async Task<IReadOnlyList<Passage>> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var found = await store.SearchAsync(request, cancellationToken);
        var unknown = found.Select(passage => passage.Chunk.Document).Distinct().Where(id => !names.ContainsKey(id)).Select(id => id.Value).ToList();
        var live = await rows.Documents.AsNoTracking()
            .Where(row => unknown.Contains(row.Id) && row.Domain == domain && row.DeletedAt == null)
            .Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken);
        live.ForEach(row => names.Add(new DocumentId(row.Id), row.Name));
        return [.. found.Where(passage => names.ContainsKey(passage.Chunk.Document))];
    }

    public Task<IReadOnlyList<double>> WeighAsync(IReadOnlyList<string> words, CancellationToken cancellationToken) =>
        store.WeighAsync(words, cancellationToken);

    public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, CancellationToken cancellationToken) =>
        store.ReadAsync(document, cancellationToken);

    public Task EnsureCreatedAsync(CancellationToken cancellationToken) => store.EnsureCreatedAsync(cancellationToken);

    public Task UpsertAsync(
        StoredDocument document, int revision, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Questions write nothing.");

    public Task DeleteAsync(DocumentId document, int belowRevision, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Questions delete nothing.");
}
