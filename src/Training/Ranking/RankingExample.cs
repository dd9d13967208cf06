using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Training.Ranking;

/// <summary>A question's candidates as features, and which are right. At least one is, and one is not.</summary>
internal sealed record RankingExample(float[][] Rows, bool[] Right)
{
    /// <summary>Whether the question names a document.</summary>
    public required bool Named { get; init; }

    /// <summary>See <see cref="RankingCase.Guessed"/>.</summary>
    public required bool Guessed { get; init; }

    /// <summary>The same example without some of its features: they are 0, so that nothing is learned of them.</summary>
    public RankingExample Without(Func<string, bool> feature)
    {
        var hidden = RankFeatures.Names.Index().Where(x => feature(x.Item)).Select(x => x.Index).ToList();
        return this with { Rows = Array.ConvertAll(Rows, row => Blank((float[])row.Clone(), hidden)) };
    }

    private static float[] Blank(float[] row, List<int> hidden)
    {
        hidden.ForEach(i => row[i] = 0);
        return row;
    }

    /// <summary>nDCG at 10 of an order by scores.</summary>
    public double Ndcg(Func<float[], double> score)
    {
        var order = Enumerable.Range(0, Rows.Length).OrderByDescending(i => score(Rows[i])).Take(10).ToList();
        var found = order.Select((row, rank) => Right[row] ? 1 / Math.Log2(rank + 2) : 0).Sum();
        return found / Enumerable.Range(0, Math.Min(10, Right.Count(x => x))).Sum(rank => 1 / Math.Log2(rank + 2));
    }
}
