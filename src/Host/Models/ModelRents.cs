using Tessera.Host.Plugins;
using Tessera.Host.Tenants;
using Tessera.Inference;
using Tessera.Rag;
using Tessera.Rag.Retrieval.Reranking;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>Rents the models of a domain for one search or answer of the current caller.</summary>
internal sealed partial class ModelRents(ModelResolver resolver, IModelCatalog catalog, RemoteClients remotes, CurrentTenant current, ILogger<ModelRents> log)
{
    /// <summary>What rents the domain's chat model; null where it has none. Nothing is loaded before it is called.</summary>
    public async Task<Func<CancellationToken, ValueTask<RentedChat>>?> ChatAsync(TenantId tenant, LoadedPlugin plugin, CancellationToken cancellationToken) =>
        await resolver.ResolveAsync(tenant, plugin, ModelRole.Chat, cancellationToken) switch
        {
            ModelChoice.Local local => token => LocalAsync(local, tenant, token),
            ModelChoice.Remote remote => _ => ValueTask.FromResult(new RentedChat(remotes.Chat(remote.Server, remote.Model))),
            _ => null,
        };

    /// <summary>The domain's cross-encoder; null where it has none. Nothing is loaded before it scores.</summary>
    public async Task<PassageScorer?> ScorerAsync(TenantId tenant, LoadedPlugin plugin, CancellationToken cancellationToken) =>
        await resolver.ResolveAsync(tenant, plugin, ModelRole.Reranker, cancellationToken) is ModelChoice.Local local
            ? new PassageScorer(local.Model.Name, (question, passages, token) => ScoreAsync(local.Model, question, passages, token))
            : null;

    private async Task<IReadOnlyList<double>> ScoreAsync(ModelFile model, string question, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await catalog.RentRerankerAsync(model, cancellationToken);
            return await lease.Client.ScoreAsync(question, passages, cancellationToken);
        }
        catch (ModelException fault)
        {
            LogFault(model.Name, fault.Fault, fault);
            throw;
        }
    }

    private async ValueTask<RentedChat> LocalAsync(ModelChoice.Local local, TenantId tenant, CancellationToken cancellationToken)
    {
        var lease = await catalog.RentChatAsync(local.Model, local.Adapter, OwnerOf(tenant), cancellationToken);
        return new RentedChat(lease.Client, lease);
    }

    /// <summary>Whose prompts the current caller's are.</summary>
    public PromptOwner OwnerOf(TenantId tenant) => new(tenant, current.IsSet ? current.Caller.UserId : Guid.Empty);

    [LoggerMessage(LogLevel.Warning, "The reranker {Model} failed: {Fault}")]
    private partial void LogFault(string model, ModelFault fault, ModelException exception);
}
