using System.Diagnostics;
using System.Globalization;
using Tessera.Evals;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Retrieval.Folding;

namespace Tessera.Benchmarks.SideBySide;

/// <summary>The same passages and questions for each engine, one engine after the other. The first one's figures are what the others are held against.</summary>
internal static class SideBySideBenchmark
{
    private const int Passages = 100_000;
    private const int Questions = 500;
    private const int Top = 10;
    private const int PassagesPerDocument = 40;
    private const double WarmSeconds = 10;

    private static readonly string[] Judged = ["legal/policyqa", "medical/covidqa"];

    private static readonly (string Name, Func<string, FoldedPassages, IEngine> Open)[] Engines =
    [
        ("Tessera, law's models", TesseraEngine.Configured),
        ("Tessera, lexical", TesseraEngine.Lexical),
        ("SQLite FTS5", (folder, _) => new Fts5Engine(folder, stops: false)),
        ("SQLite FTS5, no stop words", (folder, _) => new Fts5Engine(folder, stops: true)),
        ("Lucene.Net", (folder, _) => new LuceneEngine(folder)),
    ];

    /// <summary>Prints a table; there is no bar.</summary>
    public static async Task<bool> RunAsync()
    {
        var lines = await SearchTexts.PassagesAsync();
        var passages = Enumerable.Range(0, Passages).Select(i => lines[i % lines.Count] with { Document = (i / PassagesPerDocument).ToString(CultureInfo.InvariantCulture) }).ToList();
        var questions = await SearchTexts.QuestionsAsync(Questions);
        Console.WriteLine($"{Passages} passages of {lines.Count}, {Questions} questions, top {Top}, one at a time; load {await File.ReadAllTextAsync("/proc/loadavg")}");
        Console.WriteLine($"| engine | p50 ms | p99 ms | build s | managed MB | disk MB | p50 × | {string.Join(" | ", Judged.Select(x => $"nDCG@{Top} {x}"))} |\n|---|---|---|---|---|---|---|{string.Concat(Judged.Select(_ => "---|"))}");
        double? own = null;
        foreach (var (name, open) in Engines)
        {
            var (line, p50) = await InFolderAsync(async folder =>
            {
                var (figures, half) = await TimeAsync(folder, open, passages, questions);
                var disk = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(x => x.Length);
                return (string.Create(CultureInfo.InvariantCulture, $"{figures} | {disk / 1e6:0}"), half);
            });
            own ??= p50;
            var gains = new List<string>();
            foreach (var set in Judged)
            {
                gains.Add((await InFolderAsync(folder => JudgeAsync(folder, open, new BeirFolder(SharedFolder.Of(set))))).ToString("0.000", CultureInfo.InvariantCulture));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {line} | {p50 / own:0.00} | {string.Join(" | ", gains)} |"));
        }

        return true;
    }

    private static async Task<(string Line, double P50)> TimeAsync(
        string folder, Func<string, FoldedPassages, IEngine> open, List<BeirPassage> passages, List<string> questions)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var engine = open(folder, FoldedPassages.Near);
        var started = Stopwatch.GetTimestamp();
        await engine.BuildAsync(passages);
        var build = Stopwatch.GetElapsedTime(started).TotalSeconds;

        // Once without counting, so that the code is compiled and what is read is in memory; slow engines need no whole round for it.
        started = Stopwatch.GetTimestamp();
        foreach (var question in questions.TakeWhile(_ => Stopwatch.GetElapsedTime(started).TotalSeconds < WarmSeconds))
        {
            await engine.SearchAsync(question, Top);
        }

        var times = new List<double>();
        foreach (var question in questions)
        {
            var asked = Stopwatch.GetTimestamp();
            await engine.SearchAsync(question, Top);
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        times.Sort();
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        return (string.Create(CultureInfo.InvariantCulture, $"{At(.5):0.00} | {At(.99):0.00} | {build:0.0} | {memory / 1e6:0}"), At(.5));

        double At(double share) => times[Math.Min(times.Count - 1, (int)(share * times.Count))];
    }

    private static async Task<double> JudgeAsync(string folder, Func<string, FoldedPassages, IEngine> open, BeirFolder set)
    {
        var passages = await set.ReadCorpusAsync(CancellationToken.None).ToListAsync();
        var queries = await set.ReadQueriesAsync(CancellationToken.None).ToDictionaryAsync(x => x.Id);
        var judgments = await set.ReadJudgmentsAsync(queries.ContainsKey, new HashSet<string>(passages.Select(x => x.Id)).Contains, CancellationToken.None);

        // Each passage is judged by itself: one that is folded under its like would count as missed.
        using var engine = open(folder, FoldedPassages.None);
        await engine.BuildAsync(passages);
        var gained = 0d;
        foreach (var (id, gains) in judgments)
        {
            gained += RankingMeasures.Of([.. (await engine.SearchAsync(queries[id].Text, Top)).Select(x => passages[x].Id)], gains).Ndcg10;
        }

        return gained / judgments.Count;
    }

    private static async Task<T> InFolderAsync<T>(Func<string, Task<T>> measure)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        try
        {
            return await measure(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
