using System.Runtime.CompilerServices;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Rag.Answers;

/// <summary>A question → passages → sentences with citations → checks. Safe for concurrent use.</summary>
/// <param name="retriever">Finds the passages.</param>
/// <param name="clock">Times the receipt.</param>
public sealed class AnswerPipeline(Retriever retriever, TimeProvider clock)
{
    private const int Passages = 10;
    private const int LongestAnswer = 700;

    /// <summary>
    /// Streams the answer's events in the order that <see cref="AnswerEvent"/> names; exactly one of
    /// <see cref="AnswerEvent.Completed"/> and <see cref="AnswerEvent.Refused"/> is last, unless a fault or the token ends the stream.
    /// </summary>
    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        DomainWorkspace workspace, Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(question);

        var started = clock.GetTimestamp();
        var passages = await retriever.SearchAsync(workspace, question.Text, Passages, question.Filter, cancellationToken)
            .ConfigureAwait(false);
        yield return new AnswerEvent.SourcesFound(passages);
        if (passages.Count == 0)
        {
            var refusal = workspace.Roles.Profile.RefusalText;
            yield return new AnswerEvent.TextDelta(refusal);
            yield return new AnswerEvent.Refused(
                new Answer(AnswerStatus.Refused, refusal, [], [], Receipt(started, started, 0)));
            yield break;
        }

        var best = passages[0].Chunk;
        var quote = best.Text[..Math.Min(best.Text.Length, LongestAnswer)];
        var citation = new Citation(best.Document, best.Page, best.Path, best.Start, best.Start + quote.Length, quote);
        var sentence = new AnswerSentence(quote, 0, quote.Length, [0]);
        var first = clock.GetTimestamp();
        yield return new AnswerEvent.TextDelta(quote);
        yield return new AnswerEvent.SentenceChecked(0, sentence, [citation], Verdict.Pass);
        yield return new AnswerEvent.Completed(
            new Answer(AnswerStatus.Answered, quote, [sentence], [citation], Receipt(started, first, passages.Count)));
    }

    private Receipt Receipt(long started, long first, int passages) => new(
        AnswerMode.Extractive,
        Model: null,
        Adapter: null,
        TokensIn: 0,
        TokensOut: 0,
        clock.GetElapsedTime(started, first).TotalMilliseconds,
        clock.GetElapsedTime(started).TotalMilliseconds,
        TokensPerSecond: null,
        passages,
        Cut: 0,
        BytesSent: 0);
}
