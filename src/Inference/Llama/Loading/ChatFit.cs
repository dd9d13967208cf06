using Tessera.Inference.Gguf;
using Tessera.Inference.Llama.Engine;

namespace Tessera.Inference.Llama.Loading;

/// <summary>How many slots, and of how many tokens, a model gets within a memory.</summary>
internal static class ChatFit
{
    /// <summary>Fewer tokens are of no use for a prompt with passages.</summary>
    public const int LeastSlotTokens = 2048;

    // What the engine needs beside weights and slots: graphs, scores, the vocabulary.
    private const long Overhead = 64L * 1024 * 1024;

    /// <summary>Bytes that a model of this shape takes.</summary>
    public static long Bytes(ModelCard card, EngineShape shape) =>
        Weights(card) + (shape.Slots * (long)shape.SlotTokens * card.KvBytesPerToken);

    /// <summary>
    /// The shape with as many slots of full length as the memory has room for; where not even two fit, slots become shorter. Null: not even one of
    /// the least length fits.
    /// </summary>
    public static EngineShape? Choose(ModelCard card, long memory, LlamaOptions options)
    {
        var most = Math.Min(card.ContextTokens, options.SlotTokens);
        var least = Math.Min(most, LeastSlotTokens);
        for (var tokens = most; ; tokens = Math.Max(least, tokens / 2))
        {
            var slot = tokens * Math.Max(1, card.KvBytesPerToken);
            var room = (memory - Weights(card)) / slot;
            if (room >= 2 || (room == 1 && tokens == least))
            {
                return new EngineShape((int)Math.Min(options.Slots, room), tokens, options.Waiting, options.Threads);
            }

            if (tokens == least)
            {
                return null;
            }
        }
    }

    private static long Weights(ModelCard card) => card.FileBytes + (card.FileBytes / 20) + Overhead;
}
