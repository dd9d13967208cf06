using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>Measures search on a set of judged questions: each corpus line is one chunk, its title the chunk's path.</summary>
public static class RetrievalEvaluation
{
    /// <summary>Builds a scratch index, asks every question and deletes the index.</summary>
    /// <exception cref="EvaluationDataException">The set cannot be read.</exception>
    public static async Task<RetrievalScores> RunAsync(RetrievalRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var set = await ScratchSet.BuildAsync(run.Folder, run.Roles, cancellationToken).ConfigureAwait(false);
        var file = run.RunFile is null ? null : new StreamWriter(run.RunFile, append: false, new UTF8Encoding(false));
        await using (file)
        {
            var retriever = new Retriever();
            var measures = new List<RankingMeasures>();
            var times = new List<double>();
            foreach (var (number, query) in set.Queries.Index())
            {
                run.Progress?.Report((double)number / set.Queries.Count);
                var started = Stopwatch.GetTimestamp();
                var passages = await retriever.SearchAsync(
                    set.Workspace, query.Text, run.Top, set.FilterOf(query, run.Scoped), cancellationToken).ConfigureAwait(false);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                var ranking = passages.Select(passage => set.Corpus.IdOf(passage.Chunk)).ToList();
                if (file is not null)
                {
                    await WriteAsync(file, query, passages, ranking, cancellationToken).ConfigureAwait(false);
                }

                if (set.Judgments.TryGetValue(query.Id, out var gains))
                {
                    measures.Add(RankingMeasures.Of(ranking, gains));
                }
            }

            return Mean(measures, times, set.Files.Name);
        }
    }

    private static async Task WriteAsync(
        StreamWriter file, BeirQuery query, IReadOnlyList<Passage> passages, List<string> ranking, CancellationToken cancellationToken)
    {
        for (var i = 0; i < ranking.Count; i++)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{query.Id} Q0 {ranking[i]} {i + 1} {passages[i].Score:R} tessera");
            await file.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    private static RetrievalScores Mean(List<RankingMeasures> measures, List<double> times, string set)
    {
        if (measures.Count == 0)
        {
            throw new EvaluationDataException($"No query of {set} has a relevant passage.");
        }

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
}
