using System.Diagnostics;
using Tessera.Rag.Answers;
using Tessera.Rag.Answers.Extractive;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>Measures answers on a set with gold answers: in the layout of BEIR each corpus line is one chunk, its title the chunk's path.</summary>
public static class AnswerEvaluation
{
    /// <summary>Builds a scratch index, asks every question and deletes the index.</summary>
    /// <exception cref="EvaluationDataException">The set cannot be read, or has no gold answers.</exception>
    public static async Task<AnswerReport> RunAsync(AnswerRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var set = await ScratchSet.BuildAsync(run.Folder, run.Roles, run.Reader, run.Progress, cancellationToken).ConfigureAwait(false);
        if (!set.Gold.Values.Any(answer => answer.Answerable))
        {
            throw new EvaluationDataException(set.Gold.Count == 0
                ? $"{set.Name} has no answers.jsonl with an answerable question."
                : $"{set.Name} has no question that its documents answer. Add some: of refusals alone nothing is measured.");
        }

        var retriever = new Retriever();
        var pipeline = new AnswerPipeline(retriever, TimeProvider.System);
        var (tally, misses) = (new AnswerTally(), new List<AnswerMiss>());
        foreach (var (number, query) in set.Queries.Index().Where(item => set.Gold.ContainsKey(item.Item.Id)))
        {
            run.Progress?.Report((double)number / set.Queries.Count);
            var started = Stopwatch.GetTimestamp();
            var question = new Question(query.Text) { Filter = set.FilterOf(query, run.Scoped) };
            var answer = await AskAsync(pipeline, set.Workspace, question, cancellationToken).ConfigureAwait(false);
            var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            var found = await retriever.SearchAsync(set.Workspace, question.Search, cancellationToken).ConfigureAwait(false);
            var judged = await Judgement.OfAsync(set.Workspace, question, found, cancellationToken).ConfigureAwait(false);
            if (tally.Add(answer, judged.Strength, set.Gold[query.Id], set.Corpus, took) is { } what)
            {
                misses.Add(new AnswerMiss(query.Id, query.Text, set.Gold[query.Id].Texts, what, answer.Status == AnswerStatus.Refused ? null : answer.Text));
            }
        }

        return new AnswerReport(tally.Scores(), misses);
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
