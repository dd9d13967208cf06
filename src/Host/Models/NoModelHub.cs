using Tessera.Inference;

namespace Tessera.Host.Models;

/// <summary>Stands where no hub is set: nothing is fetched from anywhere.</summary>
internal sealed class NoModelHub : IModelHub
{
    public IReadOnlyList<SuggestedModel> Suggestions => KnownModels.All;

    public Task<HubModel> ResolveAsync(string reference, CancellationToken cancellationToken) =>
        throw new ModelException(ModelFault.Remote, "No hub is set. Set TESSERA_HUB to the address of one, or bring the file with 'models add'.");

    public Task PullAsync(HubModel model, string path, IProgress<long> received, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing can be resolved, so nothing can be pulled.");
}
