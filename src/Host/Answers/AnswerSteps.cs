using System.Runtime.CompilerServices;
using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>The pipeline's events as steps for callers. Nothing leaves whose quotes do not stand in the passages that were found.</summary>
internal static class AnswerSteps
{
    /// <exception cref="InvalidOperationException">A quote is not what stands at its place.</exception>
    public static async IAsyncEnumerable<AnswerStep> ReadAsync(
        IAsyncEnumerable<AnswerEvent> events, LiveChunkStore store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<Passage> passages = [];
        await foreach (var next in events.WithCancellation(cancellationToken))
        {
            if (next is AnswerEvent.SourcesFound found)
            {
                passages = found.Passages;
            }

            yield return next switch
            {
                AnswerEvent.SourcesFound => new AnswerStep.Sources(
                    [.. passages.Select(passage => PassageView.Of(passage, store.DocumentOf))]),
                AnswerEvent.TextDelta delta => new AnswerStep.Delta(delta.Text),
                AnswerEvent.SentenceChecked sentence => Of(sentence, passages),
                AnswerEvent.Completed completed => new AnswerStep.Completed(Of(completed.Answer, passages, store)),
                AnswerEvent.Refused refused => new AnswerStep.Refused(Of(refused.Answer, passages, store)),
                _ => throw new InvalidOperationException($"No step is made of {next.GetType().Name}."),
            };
        }
    }

    private static AnswerStep.Sentence Of(AnswerEvent.SentenceChecked step, IReadOnlyList<Passage> passages)
    {
        Prove(step.Citations, passages);
        var (sentence, verdict) = (step.Sentence, step.Verdict);
        return new AnswerStep.Sentence(step.Index, sentence.Start, sentence.End, sentence.Citations, verdict.Passed, verdict.Reason);
    }

    private static AnswerView Of(Answer answer, IReadOnlyList<Passage> passages, LiveChunkStore store)
    {
        Prove(answer.Citations, passages);
        return AnswerView.Of(answer, passages, store.DocumentOf);
    }

    private static void Prove(IReadOnlyList<Citation> citations, IReadOnlyList<Passage> passages)
    {
        if (!citations.All(citation => QuoteProof.Holds(citation, passages)))
        {
            throw new InvalidOperationException("A quote is not what stands at its place in the document.");
        }
    }
}
