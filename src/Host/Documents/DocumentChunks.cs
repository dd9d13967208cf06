using Tessera.Host.Indexes;
using Tessera.Sdk;

namespace Tessera.Host.Documents;

/// <summary>The chunks that searches see of a document; they can be read also while its domain is not active.</summary>
internal sealed class DocumentChunks(DomainIndexes indexes, IndexStores stores)
{
    /// <summary>By ordinal; empty where there are none.</summary>
    public async Task<IReadOnlyList<Chunk>> ReadAsync(Document document, CancellationToken cancellationToken)
    {
        var key = await indexes.ActiveAsync(document.Domain, cancellationToken);
        return await stores.Open(document.TenantId, document.Domain, key).Store.ReadAsync(new DocumentId(document.Id), cancellationToken);
    }
}
