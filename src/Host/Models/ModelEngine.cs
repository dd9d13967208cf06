using Tessera.Inference;

namespace Tessera.Host.Models;

/// <summary>What the models slice asks of the engine that runs models in this process.</summary>
internal sealed record ModelEngine
{
    /// <summary>What is missing and the way out, as sentences; null: the engine is there. Cheap after the first call.</summary>
    public required Func<string?> Missing { get; init; }

    /// <summary>The device that computes; asked only where nothing is missing.</summary>
    public required Func<string> Device { get; init; }

    /// <summary>Loads a file for its role, makes one token, vector or score, and unloads it. A broken file may end the process.</summary>
    /// <remarks>Throws <see cref="ModelException"/> where the file cannot be run.</remarks>
    public required Func<string, ModelRole, CancellationToken, Task> TryAsync { get; init; }

    /// <summary>Measures a chat model's speed, and tells the share done.</summary>
    /// <remarks>Throws <see cref="ModelException"/> where the file cannot be run.</remarks>
    public required Func<string, IProgress<double>, CancellationToken, Task<BenchFigures>> MeasureAsync { get; init; }

    /// <summary>The engine of this host.</summary>
    public static ModelEngine Current { get; } = new()
    {
        Missing = LlamaRuntime.Missing,
        Device = LlamaRuntime.Device,
        TryAsync = LlamaRuntime.TryAsync,
        MeasureAsync = (path, progress, cancellationToken) => ModelBench.RunAsync(
            path, new LlamaOptions(), BenchPrompt, BenchReply, BenchRounds, TimeProvider.System, progress, cancellationToken),
    };

    private const int BenchPrompt = 256;

    private const int BenchReply = 48;

    private const int BenchRounds = 5;
}
