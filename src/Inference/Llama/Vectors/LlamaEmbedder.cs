using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Vectors;

/// <summary>
/// Texts to vectors of length 1. A text longer than the model reads is cut into windows, whose vectors are averaged by their tokens: nothing
/// of it is left out. Safe for concurrent use.
/// </summary>
internal sealed class LlamaEmbedder(string name, ModelHandle model, VectorEngine engine) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly VocabularyHandle vocabulary = new(model);
    private readonly EmbeddingGeneratorMetadata metadata = new("llama.cpp", defaultModelId: name, defaultModelDimensions: model.EmbeddingWidth);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.Select(Windows).ToList();
        var vectors = await engine.ReadAsync([.. texts.SelectMany(windows => windows)], cancellationToken).ConfigureAwait(false);
        var next = 0;
        var made = new GeneratedEmbeddings<Embedding<float>>(texts.Count)
        {
            Usage = new UsageDetails { InputTokenCount = texts.Sum(windows => windows.Sum(window => (long)window.Count)) },
        };
        foreach (var windows in texts)
        {
            made.Add(new Embedding<float>(Mean(windows, vectors, next)) { ModelId = name });
            next += windows.Count;
        }

        made.Usage.TotalTokenCount = made.Usage.InputTokenCount;
        return made;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The engine belongs to the catalogue.
    }

    private static float[] Mean(List<IReadOnlyList<int>> windows, IReadOnlyList<float[]> vectors, int from)
    {
        var mean = new float[vectors[from].Length];
        foreach (var (i, window) in windows.Index())
        {
            var vector = vectors[from + i];
            TensorPrimitives.MultiplyAdd(vector, window.Count / Math.Max(1e-12f, TensorPrimitives.Norm<float>(vector)), mean, mean);
        }

        TensorPrimitives.Divide(mean, Math.Max(1e-12f, TensorPrimitives.Norm<float>(mean)), mean);
        return mean;
    }

    private List<IReadOnlyList<int>> Windows(string text)
    {
        var tokens = vocabulary.Tokenize(text, addSpecial: true, parseSpecial: false);
        if (tokens.Length <= engine.TextTokens)
        {
            return [tokens.Length > 0 ? tokens : [Math.Max(0, vocabulary.Begin)]];
        }

        var body = vocabulary.Tokenize(text, addSpecial: false, parseSpecial: false);
        int[] head = vocabulary.AddsBegin ? [vocabulary.Begin] : [];
        int[] tail = vocabulary.AddsEnd ? [vocabulary.End] : vocabulary.AddsSeparator ? [vocabulary.Separator] : [];
        return [.. body.Chunk(engine.TextTokens - head.Length - tail.Length).Select(IReadOnlyList<int> (part) => [.. head, .. part, .. tail])];
    }
}
