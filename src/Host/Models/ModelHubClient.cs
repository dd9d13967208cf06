using Tessera.Inference;
using Tessera.Inference.Hub;

namespace Tessera.Host.Models;

/// <summary>The hub that the operator named.</summary>
internal sealed class ModelHubClient(HubOptions options, TimeProvider time) : IModelHub, IDisposable
{
    private readonly ModelHub hub = new(options, time);

    public IReadOnlyList<SuggestedModel> Suggestions => KnownModels.All;

    public async Task<HubModel> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        var listed = ModelList.Find(reference);
        var file = await hub.ResolveAsync(listed?.Reference ?? reference, cancellationToken);
        return new HubModel($"{file.Repository}:{file.Path}", file.Name, file.Size, file.Sha256, listed?.Licence);
    }

    public async Task PullAsync(HubModel model, string path, IProgress<long> received, CancellationToken cancellationToken)
    {
        var place = model.Reference.Split(':', 2);
        var file = new HubFile(place[0], place[1], model.Bytes, model.Sha256);
        // Whether it fits into memory was asked before. What is collected lies at the hash's own name, so that a pull goes on where it was cut.
        var pulled = await hub.PullAsync(file, Path.GetDirectoryName(path)!, _ => null, new Received(received), cancellationToken);
        File.Move(pulled.Path, path, overwrite: true);
    }

    public void Dispose() => hub.Dispose();

    private sealed class Received(IProgress<long> bytes) : IProgress<Inference.Hub.PullProgress>
    {
        public void Report(Inference.Hub.PullProgress value) => bytes.Report(value.Bytes);
    }
}
