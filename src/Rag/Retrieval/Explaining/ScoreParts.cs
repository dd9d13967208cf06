using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Rag.Retrieval.Explaining;

/// <summary>Takes scores apart: what each signal adds.</summary>
internal static class ScoreParts
{
    private const string Place = "place";

    /// <summary>The parts of the hand-set sum.</summary>
    public static IReadOnlyList<SignalPart> OfSum(Candidate candidate) =>
    [
        .. RankFeatures.Measures.Select(measure => new SignalPart(
            measure.Name, measure.Of(candidate.Signals), (double)measure.Of(CandidateScore.Weights) * measure.Of(candidate.Signals))),
    ];

    /// <summary>The parts of a ranker's scores over the mean of all candidates, for each candidate: its features' shares, those of one signal together.</summary>
    public static IReadOnlyList<IReadOnlyList<SignalPart>> OfRanker(IReadOnlyList<Candidate> candidates, float[] weights)
    {
        var rows = RankFeatures.Of(candidates);
        var signals = RankFeatures.Measures.Select(measure => measure.Name).Append(Place).ToList();
        var groups = RankFeatures.Names.Select(name => signals.IndexOf(SignalOf(name))).ToArray();
        var sums = Array.ConvertAll(rows, row => Sums(row, weights, groups, signals.Count));
        var means = signals.Select((_, signal) => sums.Average(sum => sum[signal])).ToArray();
        return
        [
            .. candidates.Zip(sums, (candidate, sum) => (IReadOnlyList<SignalPart>)
                [.. signals.Select((signal, at) => new SignalPart(signal, ValueOf(candidate, at), sum[at] - means[at]))]),
        ];
    }

    // A feature is named by its signal and a light that it is seen in; what is left looks at the chunk's place.
    private static string SignalOf(string feature)
    {
        var stem = feature.Split('-')[0];
        return RankFeatures.Measures.Any(measure => measure.Name == stem) ? stem : Place;
    }

    private static double[] Sums(float[] row, float[] weights, int[] groups, int signals)
    {
        var sums = new double[signals];
        for (var feature = 0; feature < row.Length; feature++)
        {
            sums[groups[feature]] += (double)weights[feature] * row[feature];
        }

        return sums;
    }

    private static double ValueOf(Candidate candidate, int signal) => signal < RankFeatures.Measures.Count
        ? RankFeatures.Measures[signal].Of(candidate.Signals)
        : 1.0 / (1 + candidate.Chunk.Ordinal);
}
