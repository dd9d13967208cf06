using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Folding;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>
/// Measures search on a set of judged questions. In the layout of BEIR each corpus line is one chunk, its title the chunk's path; of documents of
/// one's own the domain makes the chunks.
/// </summary>
public static class RetrievalEvaluation
{
    /// <summary>Builds a scratch index, asks every question and deletes the index.</summary>
    /// <exception cref="EvaluationDataException">The set cannot be read.</exception>
    public static async Task<RetrievalReport> RunAsync(RetrievalRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var set = await ScratchSet.BuildAsync(run.Folder, run.Roles, run.Reader, run.Progress, cancellationToken, run.Stores).ConfigureAwait(false);
        if (!set.Queries.Any(query => set.Judgments.ContainsKey(query.Id)))
        {
            throw new EvaluationDataException($"No query of {set.Name} has a relevant passage.");
        }

        if (run.Against is not null)
        {
            // What is made at the first search must not count against the setup that comes first.
            await new Retriever().SearchAsync(set.Workspace, new RetrievalQuery(set.Queries[0].Text, run.Top) { Setup = run.Setup, Folded = FoldedPassages.None }, cancellationToken).ConfigureAwait(false);
        }

        var found = await AskAsync(set, run, run.Setup, cancellationToken).ConfigureAwait(false);
        if (run.RunFile is { } file)
        {
            await WriteAsync(file, found, cancellationToken).ConfigureAwait(false);
        }

        var report = new RetrievalReport(Scores(found), [.. found.Where(x => x.Measures is { Recall10: 0 }).Select(x => Miss(set, x))]);
        return run.Against is { } other
            ? report with { Comparison = Compare(run, found, await AskAsync(set, run, other, cancellationToken).ConfigureAwait(false), other) }
            : report;
    }

    private static async Task<List<Found>> AskAsync(ScratchSet set, RetrievalRun run, RetrievalSetup setup, CancellationToken cancellationToken)
    {
        var (retriever, all) = (new Retriever(), new List<Found>());
        foreach (var (number, query) in set.Queries.Index())
        {
            run.Progress?.Report((double)number / set.Queries.Count);
            var started = Stopwatch.GetTimestamp();
            var passages = await retriever.SearchAsync(
                set.Workspace,
                // Each passage is judged by itself: one that is folded under its like would count as missed.
                new RetrievalQuery(query.Text, run.Top) { Filter = set.FilterOf(query, run.Scoped), Setup = setup, Folded = FoldedPassages.None },
                cancellationToken).ConfigureAwait(false);
            var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            var ranking = passages.Select(passage => set.Corpus.IdOf(passage.Chunk)).ToList();
            var measures = set.Judgments.TryGetValue(query.Id, out var gains) ? RankingMeasures.Of(ranking, gains) : null;
            all.Add(new Found(query, passages, ranking, measures, time));
        }

        return all;
    }

    private static async Task WriteAsync(string path, List<Found> found, CancellationToken cancellationToken)
    {
        var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        await using (file)
        {
            foreach (var (query, passages, ranking, _, _) in found)
            {
                for (var i = 0; i < ranking.Count; i++)
                {
                    var line = string.Create(CultureInfo.InvariantCulture, $"{query.Id} Q0 {ranking[i]} {i + 1} {passages[i].Score:R} tessera");
                    await file.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private static RetrievalMiss Miss(ScratchSet set, Found found)
    {
        var relevant = set.Judgments[found.Query.Id];
        var rank = found.Ranking.FindIndex(relevant.ContainsKey) + 1;
        return new RetrievalMiss(
            found.Query.Id, found.Query.Text, [.. relevant.Keys.Order(StringComparer.Ordinal)], rank > 0 ? rank : null, found.Ranking.FirstOrDefault());
    }

    private static SetupComparison Compare(RetrievalRun run, List<Found> left, List<Found> right, RetrievalSetup other) => new(
        run.Setup,
        other,
        Scores(right),
        [
            .. RankingMeasures.Each.Select(measure => MeasureComparison.Of(
                measure.Name, [.. left.Where(x => x.Measures is not null).Select(x => measure.Of(x.Measures!))], [.. right.Where(x => x.Measures is not null).Select(x => measure.Of(x.Measures!))])),
        ]);

    private static RetrievalScores Scores(List<Found> found)
    {
        var (measures, times) = (found.Select(x => x.Measures).OfType<RankingMeasures>().ToList(), found.ConvertAll(x => x.Milliseconds));
        times.Sort();
        return new RetrievalScores(
            measures.Average(x => x.Ndcg10),
            measures.Average(x => x.Recall10),
            measures.Average(x => x.Recall100),
            measures.Average(x => x.Mrr10),
            measures.Count,
            Percentile(0.5),
            Percentile(0.99));

        double Percentile(double share) => times[Math.Min(times.Count - 1, (int)(share * times.Count))];
    }

    // What one question found; no measures where nothing is relevant.
    private sealed record Found(BeirQuery Query, IReadOnlyList<Candidate> Passages, List<string> Ranking, RankingMeasures? Measures, double Milliseconds);
}
