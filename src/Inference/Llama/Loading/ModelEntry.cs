namespace Tessera.Inference.Llama.Loading;

/// <summary>One model that is loaded or being loaded, and who uses it. Guarded by the catalogue's lock.</summary>
internal sealed class ModelEntry(Task<LoadedModel> loading)
{
    /// <summary>Ends when the model is there, or with the reason why it is not.</summary>
    public Task<LoadedModel> Loading { get; } = loading;

    /// <summary>Leases that are out.</summary>
    public int Leases { get; set; }

    /// <summary>Timestamp of the last use.</summary>
    public long LastUsed { get; set; }

    /// <summary>What it takes; 0 until it is planned.</summary>
    public long Bytes { get; set; }
}
