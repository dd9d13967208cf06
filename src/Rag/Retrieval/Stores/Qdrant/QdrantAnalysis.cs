using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>Makes a collection's terms anew where a domain makes words another way than when they were stored.</summary>
internal sealed class QdrantAnalysis(QdrantCollection collection, TenantId tenant, TextAnalyzer analyzer, TimeProvider clock)
{
    /// <summary>Writes new terms to each revision, then the state that all hosts see them by. Done twice, it leads to the same.</summary>
    public async Task RunAsync(Stamp state, CancellationToken cancellationToken)
    {
        var heads = QdrantFilter.Of(tenant, QdrantFilter.Is("kind", "revision"));
        await foreach (var point in collection.ScrollAsync(heads, true, vectors: false, cancellationToken).ConfigureAwait(false))
        {
            var revision = QdrantPoint.ReadRevision(point.GetProperty("payload"));
            var own = QdrantFilter.Of(tenant, QdrantFilter.Is("kind", "chunk"), QdrantFilter.Is("row", revision.Row));
            var chunks = new List<Chunk>();
            await foreach (var chunk in collection.ScrollAsync(own, true, vectors: false, cancellationToken).ConfigureAwait(false))
            {
                chunks.Add(QdrantPoint.ReadChunk(chunk.GetProperty("payload")));
            }

            var terms = RevisionFields.Write(revision.Document.Name, chunks.OrderBy(x => x.Ordinal), analyzer, cancellationToken);
            await collection.SetAsync(QdrantFilter.Of(tenant, QdrantFilter.Is("kind", "revision"), QdrantFilter.Is("row", revision.Row)), new { Terms = terms }, cancellationToken)
                .ConfigureAwait(false);
        }

        // The words of the sparse vectors stay as they were until their documents are written again: they only propose.
        var edition = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), state.Collection + 1);
        await collection.SetAsync(QdrantFilter.Of(tenant, QdrantFilter.Above("generation", -1)), new { Edition = edition, Analysis = analyzer.Version }, cancellationToken).ConfigureAwait(false);
    }
}
