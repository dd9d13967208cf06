using Tessera.Inference.Static;
using Tessera.Modules.Legal;
using Tessera.Rag;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Folding;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;

namespace Tessera.Benchmarks.SideBySide;

/// <summary>The store and the retriever, as the host opens them for law.</summary>
internal sealed class TesseraEngine : IEngine
{
    private readonly Dictionary<DocumentId, int[]> places = [];
    private readonly Retriever retriever = new();
    private readonly SqliteChunkStores stores;
    private readonly DomainWorkspace workspace;
    private readonly RetrievalSetup setup;
    private readonly FoldedPassages folded;

    private TesseraEngine(string folder, DomainModels models, RetrievalSetup setup, FoldedPassages folded)
    {
        (this.setup, this.folded) = (setup, folded);
        stores = new SqliteChunkStores(folder);
        var (tenant, roles) = (new TenantId(Guid.NewGuid()), DomainRoles.Of(new LegalModule(), models));
        workspace = new DomainWorkspace(tenant, roles, stores.Open(tenant, roles.Profile, models.Embedder?.Model)) { Embedder = models.Embedder?.Generator };
    }

    /// <summary>With all that law learned.</summary>
    public static TesseraEngine Configured(string folder, FoldedPassages folded) =>
        new(folder, DomainModels.Read(AppContext.BaseDirectory, new LegalModule().Profile, StaticEmbedder.Load), RetrievalSetup.Configured, folded);

    /// <summary>With nothing learned.</summary>
    public static TesseraEngine Lexical(string folder, FoldedPassages folded) => new(folder, DomainModels.None, RetrievalSetup.Lexical, folded);

    public async Task BuildAsync(IReadOnlyList<BeirPassage> passages)
    {
        await workspace.Store.EnsureCreatedAsync(CancellationToken.None);
        foreach (var lines in passages.Index().GroupBy(x => x.Item.Document ?? x.Item.Title))
        {
            // Counted up, so that ties are broken by place and every run is the same.
            var (document, chunks) = (new DocumentId(new Guid(places.Count + 1, 0, 0, new byte[8])), new List<Chunk>());
            places[document] = [.. lines.Select(x => x.Index)];
            foreach (var line in lines.Select(x => x.Item))
            {
                var start = chunks.Count == 0 ? 0 : chunks[^1].End;
                chunks.Add(new Chunk(document, chunks.Count, line.Text, line.Title, null, start, start + line.Text.Length));
            }

            await workspace.Store.UpsertAsync(
                new StoredDocument(document, ""), 1, await EmbeddingStage.EmbedAsync(workspace.Embedder, chunks, CancellationToken.None), CancellationToken.None);
        }
    }

    public async Task<IReadOnlyList<int>> SearchAsync(string question, int top)
    {
        var found = await retriever.SearchAsync(workspace, new RetrievalQuery(question, top) { Setup = setup, Folded = folded }, CancellationToken.None);
        return [.. found.Select(x => places[x.Chunk.Document][x.Chunk.Ordinal])];
    }

    public void Dispose() => stores.Dispose();
}
