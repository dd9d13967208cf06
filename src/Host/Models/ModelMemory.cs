using System.Globalization;
using Tessera.Host.Startup;
using Tessera.Inference.Gguf;

namespace Tessera.Host.Models;

/// <summary>Whether a model can be loaded at all within the memory that models may take.</summary>
internal sealed class ModelMemory(TesseraOptions options)
{
    /// <summary>Bytes of a model that is loaded with one context of the usual length.</summary>
    public long Of(ModelCard card) =>
        card.FileBytes + (card.KvBytesPerToken * Math.Min(options.ModelContext, card.ContextTokens));

    /// <summary>Why so many bytes cannot be loaded; null: they can.</summary>
    public string? Problem(long bytes) => bytes <= options.ModelMemory
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"It would take {Megabytes(bytes)} MB of memory, and models may take {Megabytes(options.ModelMemory)} MB together. Choose a smaller model or a stronger quantisation, or raise TESSERA_MODEL_MEMORY.");

    // Rounded up, so that what does not fit never looks as if it did.
    private static long Megabytes(long bytes) => (bytes + (1L << 20) - 1) >> 20;
}
