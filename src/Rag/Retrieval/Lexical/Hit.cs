using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>A chunk that was found.</summary>
/// <param name="Revision">Its document's visible revision.</param>
/// <param name="Chunk">Its number within the document.</param>
/// <param name="Score">Higher is better.</param>
/// <param name="Signals">What speaks for it, each as it was measured.</param>
/// <param name="Scaled">The same in deviations.</param>
internal readonly record struct Hit(IndexedRevision Revision, int Chunk, double Score, Signals Signals, Signals Scaled)
{
    /// <summary>The same with the likeness of the vectors as they are, not as bytes.</summary>
    public Hit WithLikeness(float exact)
    {
        var scaled = Signals.Vector > 0 ? Scaled with { Vector = Scaled.Vector / Signals.Vector * Math.Max(0, exact) } : Scaled;
        return this with { Signals = Signals with { Vector = exact }, Scaled = scaled };
    }
}
