namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>
/// What makes a chunk a candidate: the sum of its scaled signals. The weights are for a domain that has learned nothing. The title's is small:
/// it helps where questions name what documents are called by, and hurts a little where they do not.
/// </summary>
internal static class CandidateScore
{
    private const float Title = 0.2f;
    private const float Promised = 1;
    private const float Document = 0.5f;

    /// <param name="scaled">In deviations.</param>
    public static float Of(Signals scaled) => scaled.Words + scaled.Grams + (Title * scaled.Title) + (Document * scaled.Document) + (Promised * scaled.Promised);
}
