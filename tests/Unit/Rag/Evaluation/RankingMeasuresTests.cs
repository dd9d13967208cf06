using Tessera.Rag.Evaluation;

namespace Tessera.Unit.Rag.Evaluation;

public sealed class RankingMeasuresTests
{
    [Fact]
    public void Measures_of_a_known_ranking_are_trec_evals()
    {
        var gains = new Dictionary<string, int> { ["a"] = 2, ["b"] = 1, ["c"] = 1 };
        var measures = RankingMeasures.Of(["x", "a", "y", "b"], gains);
        var ideal = 2 + (1 / Math.Log2(3)) + (1 / Math.Log2(4));
        Assert.Equal(((2 / Math.Log2(3)) + (1 / Math.Log2(5))) / ideal, measures.Ndcg10, 1e-12);
        Assert.Equal(2.0 / 3, measures.Recall10, 1e-12);
        Assert.Equal(2.0 / 3, measures.Recall100, 1e-12);
        Assert.Equal(.5, measures.Mrr10);
    }

    [Fact]
    public void Only_the_first_ten_count_but_for_recall_at_100()
    {
        var gains = new Dictionary<string, int> { ["a"] = 1 };
        var measures = RankingMeasures.Of([.. Enumerable.Range(0, 10).Select(x => $"x{x}"), "a"], gains);
        Assert.Equal(new RankingMeasures(0, 0, 1, 0), measures);
        Assert.Equal(new RankingMeasures(0, 0, 0, 0), RankingMeasures.Of([], gains));
        Assert.Equal(new RankingMeasures(1, 1, 1, 1), RankingMeasures.Of(["a"], gains));
    }
}
