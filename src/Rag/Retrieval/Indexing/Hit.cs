using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>A chunk that was found.</summary>
/// <param name="Revision">Its document's visible revision.</param>
/// <param name="Chunk">Its number within the document.</param>
/// <param name="Score">Higher is better.</param>
/// <param name="Signals">What speaks for it, each as it was measured.</param>
/// <param name="Scaled">The same in deviations.</param>
internal readonly record struct Hit(IndexedRevision Revision, int Chunk, double Score, Signals Signals, Signals Scaled)
{
    /// <summary>The scaled signals with the likeness of the vectors as they are, not as bytes.</summary>
    public Signals WithLikeness(float exact) =>
        Signals.Vector > 0 ? Scaled with { Vector = Scaled.Vector / Signals.Vector * Math.Max(0, exact) } : Scaled;
}
