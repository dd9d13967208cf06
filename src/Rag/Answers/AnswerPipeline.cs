using System.Runtime.CompilerServices;
using Tessera.Rag.Answers.Chat;
using Tessera.Rag.Answers.Extractive;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Telemetry;
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
    /// The workspace's chat model writes the answer; without one it quotes. Weak evidence is refused before a model is asked.
    /// </summary>
    /// <exception cref="PromptTooLongException">The chat model cannot read the question with one passage.</exception>
    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        DomainWorkspace workspace, Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(question);
        await foreach (var step in WriteAsync(workspace, question, cancellationToken).WatchedAsync(workspace.Roles.Profile.Id, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }
    }

    private async IAsyncEnumerable<AnswerEvent> WriteAsync(
        DomainWorkspace workspace, Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var times = new AnswerTimes(clock);
        var profile = workspace.Roles.Profile;
        var found = await retriever.SearchAsync(workspace, question.Search, cancellationToken).ConfigureAwait(false);
        List<Passage> passages = [.. found.Select(x => x.Passage)];
        yield return new AnswerEvent.SourcesFound(passages);

        var judged = await Judgement.OfAsync(workspace, question, found, cancellationToken).ConfigureAwait(false);
        var rest = !judged.IsEnough
            ? Refusal.Of(profile, times.WithoutModel(passages.Count)).ToAsyncEnumerable()
            : workspace.Chat is null
                ? ExtractiveAnswer.WriteAsync(workspace, judged.Candidates, passages.Count, times, cancellationToken)
                : ChatAnswer.WriteAsync(workspace, question, passages, times, cancellationToken).WithinAsync("tessera.generate", cancellationToken);
        await foreach (var step in rest.ConfigureAwait(false))
        {
            yield return step is AnswerEvent.Completed whole
                ? new AnswerEvent.Completed(await FurtherSources.AddAsync(
                    whole.Answer, [.. passages.SelectMany(x => x.Section.Append(x.Chunk)).Distinct()], workspace.Store, cancellationToken).ConfigureAwait(false))
                : step;
        }
    }
}
