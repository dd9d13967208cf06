namespace Tessera.Rag.Retrieval.Stores;

/// <summary>How much memory the lexical indexes may take; all are made anew from the stored rows when they are needed.</summary>
public sealed record ChunkStoresOptions
{
    /// <summary>An index that no search used for this long leaves memory. Default: 10 minutes.</summary>
    public TimeSpan IndexIdle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Bytes that all indexes may take together, about; the one in use always stays. Default: 256 MiB, some million chunks.
    /// </summary>
    public long IndexBudget { get; init; } = 256L << 20;
}
