using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>A chunk that was found.</summary>
/// <param name="Revision">Its document's visible revision.</param>
/// <param name="Chunk">Its number within the document.</param>
/// <param name="Score">Higher is better.</param>
/// <param name="Signals">What speaks for it, each as it was measured.</param>
/// <param name="Scale">What each is multiplied by, to be in deviations.</param>
internal readonly record struct Hit(IndexedRevision Revision, int Chunk, double Score, Signals Signals, Signals Scale)
{
    /// <summary>The signals in deviations.</summary>
    public Signals Scaled => Signals.Times(Scale);

    /// <summary>The same with the likeness of the vectors as they are: as bytes it is a little off, and a server may not have told it.</summary>
    public Signals WithLikeness(float exact) => (Signals with { Vector = Math.Max(0, exact) }).Times(Scale);
}
