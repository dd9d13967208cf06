using Tessera.Host.Plugins;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Documents;

/// <summary>Where a document's chunks lie; they can be read and deleted also while their domain is not active.</summary>
internal sealed class DocumentChunks(IChunkStores stores, LoadedPlugins plugins)
{
    public IChunkStore Open(Document document) => stores.Open(
        document.TenantId,
        plugins.Find(document.Domain)?.Profile ?? new DomainProfile { Id = document.Domain, Name = document.Domain, Description = "" },
        embeddingModel: null);
}
