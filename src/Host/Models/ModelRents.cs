using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Inference;
using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>Rents the model of a domain for one answer of the current caller.</summary>
internal sealed class ModelRents(ModelResolver resolver, IModelCatalog catalog, RemoteClients remotes, CurrentTenant current)
{
    /// <summary>What rents the domain's chat model; null where it has none. Nothing is loaded before it is called.</summary>
    public async Task<Func<CancellationToken, ValueTask<RentedChat>>?> ChatAsync(TenantId tenant, LoadedPlugin plugin, CancellationToken cancellationToken) =>
        await resolver.ResolveAsync(tenant, plugin, ModelRole.Chat, cancellationToken) switch
        {
            ModelChoice.Local local => token => LocalAsync(local, tenant, token),
            ModelChoice.Remote remote => _ => ValueTask.FromResult(new RentedChat(remotes.Chat(remote.Server, remote.Model))),
            _ => null,
        };

    private async ValueTask<RentedChat> LocalAsync(ModelChoice.Local local, TenantId tenant, CancellationToken cancellationToken)
    {
        var lease = await catalog.RentChatAsync(local.Model, local.Adapter, OwnerOf(tenant), cancellationToken);
        return new RentedChat(lease.Client, lease);
    }

    /// <summary>Whose prompts the current caller's are.</summary>
    public PromptOwner OwnerOf(TenantId tenant) => new(tenant, current.IsSet ? current.Caller.UserId : Guid.Empty);
}
