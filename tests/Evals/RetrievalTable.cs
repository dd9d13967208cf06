using System.Globalization;
using Tessera.Rag.Evaluation;

namespace Tessera.Evals;

/// <summary>Every retrieval set against the reference BM25's nDCG@10.</summary>
internal static class RetrievalTable
{
    private const double Tolerance = 0.01;

    private static readonly (string Set, double Reference)[] Sets =
    [
        ("legal/cuad", .304), (RewordedSet.Name, .242), ("legal/policyqa", .229),
        ("medical/covidqa", .721), ("medical/medquad", .624), ("medical/pubmedqa", .980),
        ("code/codenn-csharp", .321), ("code/conala", .136), ("code/cosqa", .364),
        ("general/cranfield", .342), ("general/xquad-en", .977),
    ];

    /// <summary>Prints a line a set; 1 where a set is below its reference, 2 where there is no such set. Arguments name sets; none: all.</summary>
    public static async Task<int> PrintAsync(string[] only)
    {
        if (only.Except(Sets.Select(x => x.Set)).Any())
        {
            Console.Error.WriteLine($"The sets are {string.Join(", ", Sets.Select(x => x.Set))}");
            return 2;
        }

        var failed = 0;
        Console.WriteLine("| set | ndcg10 | reference | recall10 | recall100 | mrr10 | queries | ms p50 | ms p99 | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (set, reference) in Sets.Where(x => only.Length == 0 || only.Contains(x.Set)))
        {
            using var reworded = set == RewordedSet.Name ? RewordedSet.Make() : null;
            var run = new RetrievalRun(reworded?.Folder ?? SharedFolder.Of(set), Domains.RolesOf(set));
            if (Environment.GetEnvironmentVariable("TESSERA_RUNS") is { } runs)
            {
                run = run with { RunFile = Path.Combine(runs, set.Replace('/', '-') + ".trec") };
            }

            var scores = (await RetrievalEvaluation.RunAsync(run, CancellationToken.None)).Scores;
            var passed = scores.Ndcg10 >= reference - Tolerance;
            failed += passed ? 0 : 1;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {set} | {scores.Ndcg10:0.0000} | {reference:0.000} | {scores.Recall10:0.000} | {scores.Recall100:0.000} | {scores.Mrr10:0.000} | {scores.Queries} | {scores.MsP50:0.00} | {scores.MsP99:0.00} | {(passed ? "pass" : "FAIL")} |"));
        }

        return failed == 0 ? 0 : 1;
    }
}
