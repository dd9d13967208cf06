using System.Globalization;
using Tessera.Rag.Evaluation;

namespace Tessera.Evals;

/// <summary>Every set with gold answers, against the share of questions whose gold span must lie inside the citations, and against how well refusals must be told.</summary>
internal static class AnswerTable
{
    private const int MostCitations = 3;
    private const int MostCharacters = 700;

    private static readonly (string Set, double Bar, double AucBar, bool Scoped)[] Sets =
    [
        ("general/xquad-en", .90, .97, false), ("medical/covidqa", .62, 0, false), ("legal/cuad", 0, .85, false), ("legal/cuad", .70, .85, true),
        (RewordedSet.Name, 0, 0, false), (RewordedSet.Name, 0, 0, true),
        ("legal/policyqa", 0, 0, false), ("legal/policyqa", 0, 0, true),
    ];

    /// <summary>Prints a line a set; 1 where a set is below its bar or a promise is broken. Arguments name sets; none: all.</summary>
    public static async Task<int> PrintAsync(string[] only)
    {
        var failed = 0;
        Console.WriteLine("| set | gold inside | bar | em | f1 | citation precision | citation recall | refusal AUC | bar | refusal precision | refusal recall | wrongly refused | verbatim | citations ≤ | characters ≤ | queries | unanswerable | ms p50 | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (set, bar, aucBar, scoped) in Sets.Where(x => only.Length == 0 || only.Contains(x.Set)))
        {
            using var reworded = set == RewordedSet.Name ? RewordedSet.Make() : null;
            var (scores, _) = await AnswerEvaluation.RunAsync(
                new AnswerRun(reworded?.Folder ?? SharedFolder.Of(set), Domains.RolesOf(set)) { Scoped = scoped }, CancellationToken.None);
            var passed = scores.GoldInside >= bar && (scores.RefusalAuc ?? 0) >= aucBar && scores.Verbatim >= 1 && scores.MostCitations <= MostCitations && scores.LongestAnswer <= MostCharacters;
            failed += passed ? 0 : 1;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {set}{(scoped ? " scoped" : "")} | {scores.GoldInside:0.000} | {(bar > 0 ? bar : null):0.00} | {scores.ExactMatch:0.000} | {scores.F1:0.000} | {scores.CitationPrecision:0.000} | {scores.CitationRecall:0.000} | {scores.RefusalAuc:0.000} | {(aucBar > 0 ? aucBar : null):0.00} | {scores.RefusalPrecision:0.000} | {scores.RefusalRecall:0.000} | {scores.WronglyRefused:0.000} | {scores.Verbatim:0.0000} | {scores.MostCitations} | {scores.LongestAnswer} | {scores.Queries} | {scores.Unanswerable} | {scores.MsP50:0.00} | {(passed ? "pass" : "FAIL")} |"));
        }

        return failed == 0 ? 0 : 1;
    }
}
