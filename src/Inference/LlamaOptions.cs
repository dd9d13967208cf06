using System.ComponentModel.DataAnnotations;

namespace Tessera.Inference;

/// <summary>How models run in this process. The catalogue validates it.</summary>
public sealed record LlamaOptions
{
    /// <summary>Bytes that all loaded models may take together. Default: half of the machine's memory.</summary>
    [Range(64L * 1024 * 1024, long.MaxValue)]
    public long MemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Replies that a model writes side by side, where the memory allows it. Default: 8.</summary>
    [Range(1, 64)]
    public int Slots { get; init; } = 8;

    /// <summary>Tokens of a prompt and its reply together, where the model and the memory allow it. Default: 4,096.</summary>
    [Range(128, 1024 * 1024)]
    public int SlotTokens { get; init; } = 4096;

    /// <summary>Replies that may wait for a slot of one model. Default: 64.</summary>
    [Range(1, 10_000)]
    public int Waiting { get; init; } = 64;

    /// <summary>Threads that compute. Default: one a core.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>An unused model is unloaded after it. Default: 10 minutes.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(10);
}
