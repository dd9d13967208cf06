namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>
/// What makes a chunk a candidate, and orders candidates for a domain that has learned no order: the sum of its scaled signals, each with a weight. The
/// title's is small: it helps where questions name what documents are called by, and hurts a little where they do not.
/// </summary>
internal static class CandidateScore
{
    /// <summary>What each signal counts in the order.</summary>
    public static Signals Weights { get; } = new(Words: 1, Grams: 1, Title: 0.2f, Document: 0.5f, Promised: 1, Vector: 0.5f) { Near = 6f, Kin = 2f };

    /// <summary>What each counts where candidates are chosen among all chunks: what vectors alone find is to be seen, if not first.</summary>
    public static Signals Choosing { get; } = Weights with { Vector = 1.5f };

    /// <param name="scaled">In deviations.</param>
    public static float Of(Signals scaled) => scaled.Times(Weights).Sum();
}
