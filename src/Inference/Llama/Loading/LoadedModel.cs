using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Loading;

/// <summary>A model in memory. Disposed by the catalogue, when nobody uses it.</summary>
/// <param name="file">Where it came from.</param>
/// <param name="weights">Its weights; owned.</param>
/// <param name="bytes">What it takes, by the plan that it was loaded under.</param>
internal abstract class LoadedModel(ModelFile file, ModelHandle weights, long bytes) : IDisposable
{
    public ModelFile File { get; } = file;

    public long Bytes { get; } = bytes;

    protected ModelHandle Weights { get; } = weights;

    public void Dispose()
    {
        StopEngine();
        Weights.Dispose();
    }

    protected abstract void StopEngine();
}
