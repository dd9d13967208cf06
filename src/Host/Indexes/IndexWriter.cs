using Tessera.Host.Documents;
using Tessera.Rag.Ingestion;
using Tessera.Sdk;

namespace Tessera.Host.Indexes;

/// <summary>Changes what indexes hold of a document: in each that there is, so that whichever is active next is right. In the document's turn.</summary>
internal sealed class IndexWriter(DomainIndexes indexes, IndexStores stores, IngestionPipeline pipeline)
{
    /// <summary>Writes one revision to the active index and to the one that is being built; the previous one forgets the document.</summary>
    public async Task<WrittenIndexes> WriteAsync(Document document, int revision, CutDocument cut, CancellationToken cancellationToken)
    {
        var row = await indexes.EnsureAsync(document.Domain, cancellationToken);
        var written = new WrittenIndexes(row.Id);
        foreach (var key in row.Keys)
        {
            var index = stores.Open(document.TenantId, document.Domain, key);
            if (key == row.Active || key == row.Building)
            {
                await pipeline.WriteAsync(index.Store, index.Embedder, cut, revision, cancellationToken);
                written.Add(index);
            }
            else
            {
                await index.Store.DeleteAsync(new DocumentId(document.Id), int.MaxValue, cancellationToken);
            }
        }

        return written;
    }

    /// <summary>Deletes the document from every index.</summary>
    public async Task DeleteAsync(Document document, CancellationToken cancellationToken)
    {
        var row = await indexes.FindAsync(document.Domain, cancellationToken);
        foreach (var key in row?.Keys ?? [])
        {
            await stores.Open(document.TenantId, document.Domain, key).Store.DeleteAsync(new DocumentId(document.Id), int.MaxValue, cancellationToken);
        }
    }
}
