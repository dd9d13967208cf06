namespace Tessera.Sdk;

/// <summary>A chunk that a search found.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Score">Higher is better; comparable within one search only.</param>
public sealed record Passage(Chunk Chunk, double Score)
{
    /// <summary>Others that were found and say the same, or nearly: folded under it, the best first.</summary>
    public IReadOnlyList<Duplicate> Duplicates { get; init; } = [];

    /// <summary>The chunks around it under the same headings, itself among them, in their order; empty where none was read.</summary>
    public IReadOnlyList<Chunk> Section { get; init; } = [];
}
