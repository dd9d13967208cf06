using System.Runtime.CompilerServices;
using Tessera.Rag.Answers.Extractive;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Rag.Answers;

/// <summary>A question → passages → sentences with citations → checks. Safe for concurrent use.</summary>
/// <param name="retriever">Finds the passages.</param>
/// <param name="clock">Times the receipt.</param>
public sealed class AnswerPipeline(Retriever retriever, TimeProvider clock)
{
    /// <summary>
    /// Streams the answer's events in the order that <see cref="AnswerEvent"/> names; exactly one of
    /// <see cref="AnswerEvent.Completed"/> and <see cref="AnswerEvent.Refused"/> is last, unless a fault or the token ends the stream.
    /// Without a chat model the answer quotes; the path of the chat model begins here once there are models.
    /// </summary>
    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        DomainWorkspace workspace, Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(question);

        var started = clock.GetTimestamp();
        var profile = workspace.Roles.Profile;
        var passages = await retriever.SearchAsync(workspace, question.Text, SentenceRanking.Passages, question.Filter, cancellationToken)
            .ConfigureAwait(false);
        yield return new AnswerEvent.SourcesFound(passages);

        var evidence = await Evidence.OfAsync(workspace, question.Text, cancellationToken).ConfigureAwait(false);
        var candidates = SentenceRanking.Rank(evidence, passages, profile.Analysis);
        var quoted = Quotation.Of([], profile.Analysis);
        if (candidates.Any(candidate => candidate.Coverage >= profile.MinimumEvidence))
        {
            var stretches = await AnswerChecks.KeepPassedAsync(AnswerSelection.Pick(candidates), workspace.Roles, cancellationToken).ConfigureAwait(false);
            quoted = Quotation.Of(stretches, profile.Analysis);
        }

        var first = clock.GetTimestamp();
        if (quoted.Sentences.Count == 0)
        {
            yield return new AnswerEvent.TextDelta(profile.RefusalText);
            yield return new AnswerEvent.Refused(
                new Answer(AnswerStatus.Refused, profile.RefusalText, [], [], Receipt(started, first, passages.Count)));
            yield break;
        }

        var shown = 0;
        foreach (var (index, sentence) in quoted.Sentences.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new AnswerEvent.TextDelta(quoted.Text[shown..sentence.End]);
            yield return new AnswerEvent.SentenceChecked(index, sentence, [.. sentence.Citations.Select(i => quoted.Citations[i])], Verdict.Pass);
            shown = sentence.End;
        }

        yield return new AnswerEvent.Completed(new Answer(
            AnswerStatus.Answered, quoted.Text, quoted.Sentences, quoted.Citations, Receipt(started, first, passages.Count)));
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
