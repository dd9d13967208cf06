using System.Globalization;
using Tessera.Rag.Evaluation;

namespace Tessera.Evals;

/// <summary>Every retrieval set's nDCG@10 against its bar; where it has none of its own, that is the reference BM25.</summary>
internal static class RetrievalTable
{
    private const double RecallBar = .92;

    private static readonly (string Set, double Reference, double? Bar)[] Sets =
    [
        ("legal/cuad", .304, .80), (RewordedSet.Name, .242, .52), ("legal/policyqa", .229, .40),
        ("medical/covidqa", .721, .785), ("medical/medquad", .624, .85), ("medical/pubmedqa", .980, null),
        ("code/codenn-csharp", .321, .42), ("code/conala", .136, .25), ("code/cosqa", .364, .49),
        ("general/cranfield", .342, null), ("general/xquad-en", .977, null),
    ];

    // The sets that have a bar, each in the words that people asked.
    private static readonly string[] Recalled = [.. Sets.Where(x => x.Bar is not null && x.Set != RewordedSet.Name).Select(x => x.Set)];

    /// <summary>All sets.</summary>
    public static IEnumerable<string> Names => Sets.Select(x => x.Set);

    /// <summary>Prints a line a set; 1 where one is below its bar, 2 where there is no such set. Arguments name sets; none: all.</summary>
    public static async Task<int> PrintAsync(string[] only)
    {
        if (only.Except(Sets.Select(x => x.Set)).Any())
        {
            Console.Error.WriteLine($"The sets are {string.Join(", ", Sets.Select(x => x.Set))}");
            return 2;
        }

        var (failed, recalls) = (0, new List<double>());
        Console.WriteLine("| set | ndcg10 | bar | reference | recall10 | recall100 | mrr10 | queries | ms p50 | ms p99 | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (set, reference, bar) in Sets.Where(x => only.Length == 0 || only.Contains(x.Set)))
        {
            using var reworded = set == RewordedSet.Name ? RewordedSet.Make() : null;
            var run = new RetrievalRun(reworded?.Folder ?? SharedFolder.Of(set), Domains.RolesOf(set));
            if (Environment.GetEnvironmentVariable("TESSERA_RUNS") is { } runs)
            {
                run = run with { RunFile = Path.Combine(runs, set.Replace('/', '-') + ".trec") };
            }

            var scores = (await RetrievalEvaluation.RunAsync(run, CancellationToken.None)).Scores;
            var passed = scores.Ndcg10 >= (bar ?? reference);
            failed += passed ? 0 : 1;
            recalls.AddRange(Recalled.Contains(set) ? [scores.Recall100] : []);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {set} | {scores.Ndcg10:0.0000} | {bar ?? reference:0.000} | {reference:0.000} | {scores.Recall10:0.000} | {scores.Recall100:0.000} | {scores.Mrr10:0.000} | {scores.Queries} | {scores.MsP50:0.00} | {scores.MsP99:0.00} | {(passed ? "pass" : "FAIL")} |"));
        }

        if (recalls.Count == Recalled.Length)
        {
            var passed = recalls.Average() >= RecallBar;
            failed += passed ? 0 : 1;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Recall@100, mean of {recalls.Count} sets: {recalls.Average():0.0000}, bar {RecallBar:0.00}: {(passed ? "pass" : "FAIL")}"));
        }

        return failed == 0 ? 0 : 1;
    }
}
