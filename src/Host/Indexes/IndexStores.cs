using Tessera.Host.Adapting;
using Tessera.Host.Plugins;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Indexes;

/// <summary>Opens indexes by their keys, also of domains that are not active. Safe for concurrent use.</summary>
internal sealed class IndexStores(IChunkStores stores, LoadedPlugins plugins, AdaptedModels models)
{
    /// <summary>An index as the package that is loaded now sees it.</summary>
    public OpenIndex Open(TenantId tenant, string domain, string key) => plugins.Find(domain) is { } plugin
        ? Open(tenant, plugin, key)
        : new OpenIndex(key, stores.Open(tenant, new DomainProfile { Id = domain, Name = domain, Description = "" }, ModelOf(key)), null);

    /// <summary>An index as a package sees it. Another embedder's vectors are none to it: two spaces never mix.</summary>
    public OpenIndex Open(TenantId tenant, LoadedPlugin plugin, string key) => new(
        key,
        stores.Open(tenant, plugin.Profile, ModelOf(key)),
        models.Find(tenant, plugin, key)?.Embedder?.Generator);

    /// <summary>Deletes all indexes of a domain but some.</summary>
    public Task DropExceptAsync(DomainIndex index, IEnumerable<string> kept, CancellationToken cancellationToken) =>
        stores.DropExceptAsync(index.TenantId, index.Domain, [.. kept.Select(ModelOf)], cancellationToken);

    private static ModelRef? ModelOf(string key) => key.Length == 0 ? null : new ModelRef(key, key);
}
