using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
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
        var scratch = Directory.CreateTempSubdirectory("tessera-eval-").FullName;
        try
        {
            using var stores = new SqliteChunkStores(scratch);
            var tenant = new TenantId(Guid.NewGuid());
            var workspace = new DomainWorkspace(tenant, run.Roles, stores.Open(tenant, run.Roles.Profile, null));
            return await RunAsync(run, workspace, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<RetrievalScores> RunAsync(RetrievalRun run, DomainWorkspace workspace, CancellationToken cancellationToken)
    {
        var set = new BeirFolder(run.Folder);
        var judgments = await set.ReadJudgmentsAsync(cancellationToken).ConfigureAwait(false);
        var queries = await set.ReadQueriesAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        var corpus = await ScratchCorpus.IndexAsync(set, workspace.Store, cancellationToken).ConfigureAwait(false);
        var file = run.RunFile is null ? null : new StreamWriter(run.RunFile, append: false, new UTF8Encoding(false));
        await using (file)
        {
            var retriever = new Retriever();
            var measures = new List<RankingMeasures>();
            var times = new List<double>();
            foreach (var (number, query) in queries.Index())
            {
                run.Progress?.Report((double)number / queries.Count);
                var started = Stopwatch.GetTimestamp();
                var filter = run.Scoped && query.Document is { } document ? corpus.FilterOf(document) : null;
                var passages = await retriever.SearchAsync(workspace, query.Text, run.Top, filter, cancellationToken).ConfigureAwait(false);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                var ranking = passages.Select(passage => corpus.IdOf(passage.Chunk)).ToList();
                if (file is not null)
                {
                    await WriteAsync(file, query, passages, ranking, cancellationToken).ConfigureAwait(false);
                }

                if (judgments.TryGetValue(query.Id, out var gains))
                {
                    measures.Add(RankingMeasures.Of(ranking, gains));
                }
            }

            return Mean(measures, times, set.Name);
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
