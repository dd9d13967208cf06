using System.Diagnostics;
using Tessera.Rag.Answers;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>Measures answers on a set with gold answers: each corpus line is one chunk, its title the chunk's path.</summary>
public static class AnswerEvaluation
{
    private const string Answers = "answers.jsonl";

    /// <summary>Builds a scratch index, asks every question and deletes the index.</summary>
    /// <exception cref="EvaluationDataException">The set cannot be read, or has no gold answers.</exception>
    public static async Task<AnswerScores> RunAsync(AnswerRun run, CancellationToken cancellationToken)
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

    private static async Task<AnswerScores> RunAsync(AnswerRun run, DomainWorkspace workspace, CancellationToken cancellationToken)
    {
        var set = new BeirFolder(run.Folder);
        var judgments = await set.ReadJudgmentsAsync(cancellationToken).ConfigureAwait(false);
        var queries = await set.ReadQueriesAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        var corpus = await ScratchCorpus.IndexAsync(set, workspace.Store, cancellationToken).ConfigureAwait(false);
        var gold = new Dictionary<string, GoldAnswer>();
        await foreach (var line in set.ReadLinesAsync(Answers, cancellationToken).ConfigureAwait(false))
        {
            var relevant = judgments.TryGetValue(line.GetProperty("_id").GetString() ?? "", out var gains) ? gains.Keys : [];
            var (query, answer) = GoldAnswer.Read(line, corpus, relevant);
            gold[query] = answer;
        }

        if (!gold.Values.Any(answer => answer.Answerable))
        {
            throw new EvaluationDataException($"{set.Name} has no {Answers} with an answerable question.");
        }

        var pipeline = new AnswerPipeline(new Retriever(), TimeProvider.System);
        var tally = new AnswerTally();
        foreach (var (number, query) in queries.Index().Where(item => gold.ContainsKey(item.Item.Id)))
        {
            run.Progress?.Report((double)number / queries.Count);
            var filter = run.Scoped && query.Document is { } document ? corpus.FilterOf(document) : null;
            var started = Stopwatch.GetTimestamp();
            var answer = await AskAsync(pipeline, workspace, new Question(query.Text) { Filter = filter }, cancellationToken).ConfigureAwait(false);
            tally.Add(answer, gold[query.Id], corpus, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return tally.Scores();
    }

    /// <summary>The whole answer to a question.</summary>
    internal static async Task<Answer> AskAsync(
        AnswerPipeline pipeline, DomainWorkspace workspace, Question question, CancellationToken cancellationToken)
    {
        await foreach (var step in pipeline.AnswerAsync(workspace, question, cancellationToken).ConfigureAwait(false))
        {
            switch (step)
            {
                case AnswerEvent.Completed completed:
                    return completed.Answer;
                case AnswerEvent.Refused refused:
                    return refused.Answer;
            }
        }

        throw new InvalidOperationException("An answer ends with Completed or Refused.");
    }
}
