using Tessera.Rag;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Plugins;

/// <summary>Opens a domain for a tenant.</summary>
internal sealed class DomainWorkspaces(EnabledDomains domains, IChunkStores stores)
{
    /// <summary>The workspace; null where the domain is not active or the tenant does not use it.</summary>
    public async Task<DomainWorkspace?> OpenAsync(TenantId tenant, string domain, CancellationToken cancellationToken) =>
        await domains.FindAsync(tenant, domain, cancellationToken) is { } plugin
            ? new DomainWorkspace(tenant, plugin.Roles, stores.Open(tenant, plugin.Profile, embeddingModel: null))
            {
                Chat = null,
            }
            : null;
}
