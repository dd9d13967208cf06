namespace Tessera.Inference.Llama.Engine;

/// <summary>How much a text engine does at once.</summary>
/// <param name="Slots">Replies that are written side by side.</param>
/// <param name="SlotTokens">Tokens of a prompt and its reply together.</param>
/// <param name="Waiting">Replies that may wait for a slot.</param>
/// <param name="Threads">Threads that compute.</param>
internal sealed record EngineShape(int Slots, int SlotTokens, int Waiting, int Threads)
{
    /// <summary>Tokens of prompts that are read in one step.</summary>
    public int BatchTokens { get; init; } = 512;

    /// <summary>Tokens of prompts that are read in one step while other replies are being written, so that these go on.</summary>
    public int BusyBatchTokens { get; init; } = 128;

    /// <summary>Steps after which another adapter has its turn.</summary>
    public int AdapterSteps { get; init; } = 16;
}
