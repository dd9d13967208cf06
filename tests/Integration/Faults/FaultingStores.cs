using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Integration.Faults;

/// <summary>Chunk stores whose calls may fail.</summary>
internal sealed class FaultingStores(FaultPlan plan, IChunkStores inner) : IChunkStores, IDisposable
{
    public long IndexBytes => inner.IndexBytes;

    public Task ReachAsync(CancellationToken cancellationToken) => inner.ReachAsync(cancellationToken);

    public IChunkStore Open(TenantId tenant, DomainProfile domain, ModelRef? embeddingModel) => new FaultingStore(plan, inner.Open(tenant, domain, embeddingModel));

    public Task DropAsync(TenantId tenant, string? domain, CancellationToken cancellationToken) =>
        plan.AroundAsync("a drop", () => inner.DropAsync(tenant, domain, cancellationToken));

    public Task DropExceptAsync(TenantId tenant, string domain, IReadOnlyList<ModelRef?> kept, CancellationToken cancellationToken) =>
        plan.AroundAsync("a drop", () => inner.DropExceptAsync(tenant, domain, kept, cancellationToken));

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private sealed class FaultingStore(FaultPlan plan, IChunkStore inner) : IChunkStore
    {
        public Task EnsureCreatedAsync(CancellationToken cancellationToken) => plan.AroundAsync("the making of an index", () => inner.EnsureCreatedAsync(cancellationToken));

        public Task UpsertAsync(StoredDocument document, int revision, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken) =>
            plan.AroundAsync("a write of chunks", () => inner.UpsertAsync(document, revision, chunks, cancellationToken));

        public Task DeleteAsync(DocumentId document, int belowRevision, CancellationToken cancellationToken) =>
            plan.AroundAsync("a deletion of chunks", () => inner.DeleteAsync(document, belowRevision, cancellationToken));

        public Task<IReadOnlyList<Candidate>> SearchAsync(SearchRequest request, CancellationToken cancellationToken) =>
            plan.AroundAsync("a search", () => inner.SearchAsync(request, cancellationToken));

        public Task<IReadOnlyList<double>> WeighAsync(IReadOnlyList<string> words, CancellationToken cancellationToken) =>
            plan.AroundAsync("a weighing", () => inner.WeighAsync(words, cancellationToken));

        public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, CancellationToken cancellationToken) =>
            plan.AroundAsync("a reading of chunks", () => inner.ReadAsync(document, cancellationToken));

        public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, int first, int count, CancellationToken cancellationToken) =>
            plan.AroundAsync("a reading of chunks", () => inner.ReadAsync(document, first, count, cancellationToken));

        public Task<IReadOnlyList<EmbeddedChunk>> ReadEmbeddedAsync(DocumentId document, CancellationToken cancellationToken) =>
            plan.AroundAsync("a reading of chunks", () => inner.ReadEmbeddedAsync(document, cancellationToken));

        public Task<StoredDocument?> FindAsync(DocumentId document, CancellationToken cancellationToken) =>
            plan.AroundAsync("a look for a document", () => inner.FindAsync(document, cancellationToken));

        public Task<IReadOnlyList<StoredRevision>> ListAsync(CancellationToken cancellationToken) =>
            plan.AroundAsync("a list of documents", () => inner.ListAsync(cancellationToken));
    }
}
