using Tessera.Rag.Retrieval.Indexing;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>What an index found, read from where it is stored.</summary>
/// <param name="Hit">As the index found it.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Likeness">How like its vector is to the question's; null where either has none.</param>
internal sealed record FoundChunk(Hit Hit, Chunk Chunk, float? Likeness)
{
    /// <summary>Its signals in deviations, with the exact likeness.</summary>
    public Ranking.Signals Signals => Likeness is { } exact ? Hit.WithLikeness(exact) : Hit.Scaled;
}
