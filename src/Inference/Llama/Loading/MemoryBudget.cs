namespace Tessera.Inference.Llama.Loading;

/// <summary>The memory that all loaded models may take together. Not for concurrent use: the catalogue loads one model at a time.</summary>
/// <param name="bytes">All of it.</param>
internal sealed class MemoryBudget(long bytes)
{
    /// <summary>Which models to unload, least recently used first, so that at least this much is free; null: it cannot be freed now.</summary>
    /// <param name="needed">Bytes that must be free.</param>
    /// <param name="loaded">What is in memory.</param>
    public IReadOnlyList<ModelEntry>? Unload(long needed, IReadOnlyCollection<ModelEntry> loaded)
    {
        var free = Free(loaded);
        var leaving = new List<ModelEntry>();
        foreach (var idle in loaded.Where(entry => entry.Leases == 0).OrderBy(entry => entry.LastUsed))
        {
            if (free >= needed)
            {
                break;
            }

            leaving.Add(idle);
            free += idle.Bytes;
        }

        return free >= needed ? leaving : null;
    }

    /// <summary>What nobody takes.</summary>
    public long Free(IReadOnlyCollection<ModelEntry> loaded) => bytes - loaded.Sum(entry => entry.Bytes);

    /// <summary>What is free when all models that nobody uses are unloaded.</summary>
    public long Reachable(IReadOnlyCollection<ModelEntry> loaded) => bytes - loaded.Where(entry => entry.Leases > 0).Sum(entry => entry.Bytes);
}
