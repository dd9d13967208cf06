using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>A chunk that a store proposes.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Score">Higher is better; never below 0. Comparable within one search only.</param>
/// <param name="Signals">What speaks for it.</param>
public sealed record Candidate(Chunk Chunk, double Score, Signals Signals)
{
    /// <summary>Others that were found and are folded under it, the best first.</summary>
    public IReadOnlyList<Duplicate> Duplicates { get; init; } = [];

    /// <summary>The chunks around it under the same headings, itself among them, in their order; empty where none was read.</summary>
    public IReadOnlyList<Chunk> Section { get; init; } = [];

    /// <summary>What a cross-encoder scored it; null: none did.</summary>
    public double? Reread { get; init; }

    /// <summary>The same without its signals.</summary>
    public Passage Passage => new(Chunk, Score) { Duplicates = Duplicates, Section = Section };
}
