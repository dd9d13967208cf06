using Tessera.Inference.Gguf;
using Tessera.Inference.Llama.Native;
using Tessera.Inference.Llama.Vectors;

namespace Tessera.Inference.Llama.Loading;

/// <summary>How many texts an embedding model or a reranker reads at once.</summary>
internal static class VectorFit
{
    private const int Sequences = 8;
    private const int TextTokens = 2048;
    private const int BatchTokens = 2048;
    private const long Overhead = 192L * 1024 * 1024;

    public static VectorShape Choose(ModelCard card, ModelRole role, LlamaOptions options) => new(
        Sequences,
        Math.Min(card.ContextTokens, TextTokens),
        BatchTokens,
        options.Threads,
        role == ModelRole.Reranker ? Pooling.Rank : null);

    /// <summary>Bytes that it takes.</summary>
    public static long Bytes(ModelCard card, VectorShape shape) =>
        card.FileBytes + (card.FileBytes / 20) + Overhead + (shape.Sequences * (long)shape.TextTokens * card.KvBytesPerToken);
}
