using System.Diagnostics;
using Tessera.Rag.Answers;
using Tessera.Rag.Retrieval;
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
        using var set = await ScratchSet.BuildAsync(run.Folder, run.Roles, cancellationToken).ConfigureAwait(false);
        var gold = new Dictionary<string, GoldAnswer>();
        await foreach (var line in set.Files.ReadLinesAsync(Answers, cancellationToken).ConfigureAwait(false))
        {
            var relevant = set.Judgments.TryGetValue(line.GetProperty("_id").GetString() ?? "", out var gains) ? gains.Keys : [];
            var (query, answer) = GoldAnswer.Read(line, set.Corpus, relevant);
            gold[query] = answer;
        }

        if (!gold.Values.Any(answer => answer.Answerable))
        {
            throw new EvaluationDataException($"{set.Files.Name} has no {Answers} with an answerable question.");
        }

        var pipeline = new AnswerPipeline(new Retriever(), TimeProvider.System);
        var tally = new AnswerTally();
        foreach (var (number, query) in set.Queries.Index().Where(item => gold.ContainsKey(item.Item.Id)))
        {
            run.Progress?.Report((double)number / set.Queries.Count);
            var started = Stopwatch.GetTimestamp();
            var question = new Question(query.Text) { Filter = set.FilterOf(query, run.Scoped) };
            var answer = await AskAsync(pipeline, set.Workspace, question, cancellationToken).ConfigureAwait(false);
            tally.Add(answer, gold[query.Id], set.Corpus, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
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
