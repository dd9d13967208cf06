namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>What a ranker looks at: each signal in three lights (as it is, against the other candidates, by its rank), and the chunk itself.</summary>
internal static class RankFeatures
{
    /// <summary>More of a title's telling than this stands in the question: it names the document.</summary>
    public const float Said = 0.8f;

    /// <summary>The signals by their names: the one list of them.</summary>
    public static IReadOnlyList<(string Name, Func<Signals, float> Of)> Measures { get; } =
    [
        ("words", x => x.Words), ("grams", x => x.Grams), ("title", x => x.Title), ("document", x => x.Document), ("promised", x => x.Promised),
        ("vector", x => x.Vector), ("near", x => x.Near), ("kin", x => x.Kin),
    ];

    /// <summary>The features' names, in their order; a ranker's file names those that it was fitted on.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Measures.SelectMany(x => (string[])[x.Name, $"{x.Name}-span", $"{x.Name}-rank"]), "title-covered", "title-said", "first", "early"];

    /// <summary>A row of features for each candidate.</summary>
    public static float[][] Of(IReadOnlyList<Candidate> candidates)
    {
        var rows = candidates.Select(_ => new float[Names.Count]).ToArray();
        for (var measure = 0; measure < Measures.Count; measure++)
        {
            Fill(rows, measure * 3, [.. candidates.Select(x => Measures[measure].Of(x.Signals))]);
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var chunk = candidates[i].Chunk;
            rows[i][^4] = candidates[i].Signals.TitleCovered;
            rows[i][^3] = candidates[i].Signals.TitleCovered > Said ? 1 : 0;
            rows[i][^2] = chunk.Ordinal == 0 ? 1 : 0;
            rows[i][^1] = 1f / (1 + chunk.Ordinal);
        }

        return rows;
    }

    private static void Fill(float[][] rows, int column, float[] values)
    {
        if (values.Length == 0)
        {
            return;
        }

        var (least, most) = (values.Min(), values.Max());
        // Equal values share a rank: the chunks of one document do not differ in what speaks for the document.
        var ranks = values.Distinct().OrderDescending().Select((value, rank) => (value, rank)).ToDictionary(x => x.value, x => x.rank);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i][column] = values[i];
            rows[i][column + 1] = most > least ? (values[i] - least) / (most - least) : 0;
            rows[i][column + 2] = values[i] > 0 ? 1f / (1 + ranks[values[i]]) : 0;
        }
    }
}
