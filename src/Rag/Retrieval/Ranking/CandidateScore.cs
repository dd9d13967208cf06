namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>
/// What makes a chunk a candidate: the sum of its scaled signals, each with a weight. The weights are for a domain that has learned nothing. The
/// title's is small: it helps where questions name what documents are called by, and hurts a little where they do not.
/// </summary>
internal static class CandidateScore
{
    /// <summary>What each signal counts.</summary>
    public static Signals Weights { get; } = new(Words: 1, Grams: 1, Title: 0.2f, Document: 0.5f, Promised: 1, Vector: 1) { Near = 6f };

    /// <param name="scaled">In deviations.</param>
    public static float Of(Signals scaled) => scaled.Times(Weights).Sum();
}
