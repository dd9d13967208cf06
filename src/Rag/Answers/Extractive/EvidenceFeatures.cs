using Found = Tessera.Rag.Retrieval.Ranking.Candidate;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>What tells whether a question is answered by what it found. None of it hangs on how many documents there are.</summary>
internal static class EvidenceFeatures
{
    /// <summary>
    /// In their order: of the best sentence its score before others are compared, its own coverage, what it promises, its vector's likeness and its
    /// passage's match; over all sentences the most covered (with headings), promised and alike; and how much more of a title than of the best
    /// sentence's the question says: where above 0, the named document does not answer.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
        ["score", "own", "promised", "vector", "match", "most-covered", "most-promised", "most-vector", "named-elsewhere", "matched-elsewhere"];

    /// <param name="candidates">All sentences; at least one.</param>
    /// <param name="found">The passages they stand in.</param>
    /// <param name="scoreOf">What a sentence is scored.</param>
    public static float[] Of(IReadOnlyList<Candidate> candidates, IReadOnlyList<Found> found, Func<Candidate, double> scoreOf)
    {
        var best = candidates.MaxBy(scoreOf)!;
        // A sentence beside a passage counts as one of the last.
        var signals = found[Math.Min(best.Rank, found.Count - 1)].Signals;
        return
        [
            (float)scoreOf(best),
            best.Features[SentenceFeatures.Own],
            best.Features[SentenceFeatures.Promised],
            best.Features[SentenceFeatures.Vector],
            best.Features[SentenceFeatures.Match],
            (float)candidates.Max(x => x.Coverage),
            candidates.Max(x => x.Features[SentenceFeatures.Promised]),
            candidates.Max(x => x.Features[SentenceFeatures.Vector]),
            found.Take(SentenceRanking.Passages).Max(x => x.Signals.TitleCovered) - signals.TitleCovered,
            found.Take(SentenceRanking.Passages).Max(x => x.Signals.Document) - signals.Document,
        ];
    }
}
