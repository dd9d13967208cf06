using Tessera.Inference.Llama.Native;
using Tessera.Inference.Llama.Vectors;

namespace Tessera.Inference.Llama.Loading;

/// <summary>An embedding model or a reranker in memory.</summary>
internal sealed class LoadedVectors : LoadedModel
{
    private readonly VectorEngine engine;

    private LoadedVectors(ModelFile file, ModelHandle weights, long bytes, VectorEngine engine)
        : base(file, weights, bytes)
    {
        this.engine = engine;
        Embedder = new LlamaEmbedder(file.Name, weights, engine);
        Reranker = new LlamaReranker(weights, engine);
    }

    public LlamaEmbedder Embedder { get; }

    public LlamaReranker Reranker { get; }

    public static LoadedVectors Load(ModelFile file, VectorShape shape, long bytes)
    {
        var weights = ModelHandle.Load(file.Path, LoadMode.Read);
        try
        {
            return new LoadedVectors(file, weights, bytes, new VectorEngine(weights, shape));
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    protected override void StopEngine() => engine.Dispose();
}
