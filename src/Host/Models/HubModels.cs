using Tessera.Inference;
using Tessera.Inference.Hub;

namespace Tessera.Host.Models;

/// <summary>The built-in list, and the hub that the operator named. Where none is named, nothing is fetched from anywhere.</summary>
internal sealed class HubModels(HubOptions? options, TimeProvider time) : IModelHub, IDisposable
{
    private readonly ModelHub? hub = options is null ? null : new ModelHub(options, time);

    public IReadOnlyList<SuggestedModel> Suggestions { get; } =
        [.. ModelList.All.Select(one => new SuggestedModel(one.Name, one.Role, one.Reference, one.Parameters, one.Licence))];

    public async Task<HubModel> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        var listed = ModelList.Find(reference);
        var file = await Required().ResolveAsync(listed?.Reference ?? reference, cancellationToken);
        return new HubModel($"{file.Repository}:{file.Path}", file.Name, file.Size, file.Sha256, listed?.Licence);
    }

    // The hub collects beside the target, in the very file that is asked for, and then gives it its own name.
    public async Task PullAsync(HubModel model, string path, IProgress<long> received, CancellationToken cancellationToken)
    {
        var colon = model.Reference.IndexOf(':', StringComparison.Ordinal);
        var file = new HubFile(model.Reference[..colon], model.Reference[(colon + 1)..], model.Bytes, model.Sha256);
        var pulled = await Required().PullAsync(file, Path.GetDirectoryName(path)!, _ => null, new Receipt(received), cancellationToken);
        File.Move(pulled.Path, path, overwrite: true);
    }

    public void Dispose() => hub?.Dispose();

    private ModelHub Required() => hub
        ?? throw new ModelException(ModelFault.Remote, "No hub is set. Set TESSERA_HUB to the address of one, or bring the file with 'models add'.");

    private sealed class Receipt(IProgress<long> received) : IProgress<Inference.Hub.PullProgress>
    {
        public void Report(Inference.Hub.PullProgress value) => received.Report(value.Bytes);
    }
}
