namespace Tessera.Rag.Evaluation;

/// <summary>One query's measures, as trec_eval defines them: linear gain, log2 discount.</summary>
internal sealed record RankingMeasures(double Ndcg10, double Recall10, double Recall100, double Mrr10)
{
    /// <summary>The measures by their names in reports.</summary>
    public static IReadOnlyList<(string Name, Func<RankingMeasures, double> Of)> Each { get; } =
        [("ndcg10", x => x.Ndcg10), ("recall10", x => x.Recall10), ("recall100", x => x.Recall100), ("mrr10", x => x.Mrr10)];

    /// <summary>Measures a ranking against its judgments, all of which are above 0.</summary>
    public static RankingMeasures Of(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> gains)
    {
        var gained = ranking.Take(10).Select((id, place) => gains.GetValueOrDefault(id) / Math.Log2(place + 2)).Sum();
        var best = gains.Values.OrderDescending().Take(10).Select((gain, place) => gain / Math.Log2(place + 2)).Sum();
        var first = ranking.Take(10).Index().Where(x => gains.ContainsKey(x.Item)).Select(x => 1.0 / (x.Index + 1)).FirstOrDefault();
        return new RankingMeasures(gained / best, Recall(10), Recall(100), first);

        double Recall(int top) => (double)ranking.Take(top).Count(gains.ContainsKey) / gains.Count;
    }
}
