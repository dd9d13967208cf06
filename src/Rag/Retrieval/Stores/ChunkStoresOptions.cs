namespace Tessera.Rag.Retrieval.Stores;

/// <summary>How much memory the lexical indexes may take; all are made anew from the stored rows when they are needed.</summary>
public sealed record ChunkStoresOptions
{
    /// <summary>An index that no search used for this long leaves memory. Default: 10 minutes.</summary>
    public TimeSpan IndexIdle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Bytes that all indexes may take together, about; the one that was used last always stays. 100,000 chunks take some 120 MB. Default: a quarter of what
    /// the process may have.
    /// </summary>
    public long IndexBudget { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
}
