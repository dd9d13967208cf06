using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tessera.Rag.Evaluation;

namespace Tessera.Host.Cli;

/// <summary>A report on search as <c>eval retrieval</c> prints it.</summary>
internal static class RetrievalLines
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["ndcg10"] = "nDCG@10", ["recall10"] = "Recall@10", ["recall100"] = "Recall@100", ["mrr10"] = "MRR@10",
    };

    public static string Of(RetrievalReport report, bool withMisses)
    {
        var lines = new StringBuilder(report.Comparison is { } comparison ? Of(comparison, report.Scores) : Of(report.Scores));
        foreach (var miss in withMisses ? report.Misses : [])
        {
            var rank = miss.Rank is { } found ? $"first relevant passage at {found}" : "no relevant passage";
            lines.Append(CultureInfo.InvariantCulture, $"\nmissed {Place.OneLine(miss.Id, 100)}  {Place.OneLine(miss.Question, 200)}\n    {rank}; expected {Place.OneLine(string.Join(" or ", miss.Relevant.Take(3)), 200)}; first came {Place.OneLine(miss.First ?? "nothing", 200)}");
        }

        if (withMisses && report.Misses.Count == 0)
        {
            lines.Append("\nno question was missed: each has a relevant passage among its first 10");
        }

        return lines.ToString();
    }

    /// <summary>The scores themselves; what else was asked for beside them.</summary>
    public static JsonObject Json(RetrievalReport report, bool withMisses)
    {
        var json = JsonSerializer.SerializeToNode(report.Scores)!.AsObject();
        if (withMisses)
        {
            json["misses"] = JsonSerializer.SerializeToNode(report.Misses);
        }

        if (report.Comparison is { } comparison)
        {
            json["comparison"] = new JsonObject
            {
                ["left"] = comparison.Left.Id,
                ["right"] = comparison.Right.Id,
                ["rightScores"] = JsonSerializer.SerializeToNode(comparison.RightScores),
                ["measures"] = JsonSerializer.SerializeToNode(comparison.Measures),
            };
        }

        return json;
    }

    private static string Of(RetrievalScores scores) => string.Create(CultureInfo.InvariantCulture, $"""
        nDCG@10     {scores.Ndcg10:0.0000}
        Recall@10   {scores.Recall10:0.0000}
        Recall@100  {scores.Recall100:0.0000}
        MRR@10      {scores.Mrr10:0.0000}
        queries     {scores.Queries}
        search      p50 {scores.MsP50:0.00} ms, p99 {scores.MsP99:0.00} ms
        """);

    private static string Of(SetupComparison comparison, RetrievalScores left)
    {
        var (one, other) = (comparison.Left.Id, comparison.Right.Id);
        var width = Math.Max(14, Math.Max(one.Length, other.Length) + 2);
        var lines = new StringBuilder("            ").Append(one.PadRight(width)).Append(other.PadRight(width)).Append("difference  better  worse  equal  p\n");
        foreach (var measure in comparison.Measures)
        {
            lines.Append(Names[measure.Measure].PadRight(12)).Append(Figure(measure.Left).PadRight(width)).Append(Figure(measure.Right).PadRight(width))
                .Append(measure.Difference.ToString("+0.0000;-0.0000; 0.0000", CultureInfo.InvariantCulture).PadRight(12))
                .Append(CultureInfo.InvariantCulture, $"{measure.Better,-8}{measure.Worse,-7}{measure.Equal,-7}{measure.P:0.0000}\n");
        }

        return lines.Append(CultureInfo.InvariantCulture, $"""
            queries     {left.Queries}
            search      p50 {left.MsP50:0.00} ms and {comparison.RightScores.MsP50:0.00} ms
            better, worse, equal: questions for which {other} is that; p: how likely so great a difference is by chance
            """).ToString();
    }

    private static string Figure(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
