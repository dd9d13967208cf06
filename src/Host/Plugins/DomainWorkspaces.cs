using Tessera.Host.Adapting;
using Tessera.Host.Indexes;
using Tessera.Host.Models;
using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Host.Plugins;

/// <summary>Opens a domain for the current tenant, to be asked.</summary>
internal sealed class DomainWorkspaces(EnabledDomains domains, DomainIndexes indexes, IndexStores stores, AdaptedModels adapted, ModelRents models)
{
    /// <summary>The workspace over the active index; null where the domain is not active or the tenant does not use it.</summary>
    public async Task<DomainWorkspace?> OpenAsync(TenantId tenant, string domain, CancellationToken cancellationToken)
    {
        if (await domains.FindAsync(tenant, domain, cancellationToken) is not { } plugin)
        {
            return null;
        }

        // The models are those that the active index was made with: while another is built, everything is as it was.
        var key = await indexes.ActiveAsync(domain, cancellationToken);
        var index = stores.Open(tenant, plugin, key);
        return new DomainWorkspace(tenant, plugin.Roles.With(adapted.Find(tenant, plugin, key) ?? adapted.Of(tenant, plugin)), index.Store)
        {
            Chat = await models.ChatAsync(tenant, plugin, cancellationToken),
            Scorer = await models.ScorerAsync(tenant, plugin, cancellationToken),
            Embedder = index.Embedder,
        };
    }
}
