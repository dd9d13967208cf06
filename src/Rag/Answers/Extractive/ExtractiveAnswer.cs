using System.Runtime.CompilerServices;
using Tessera.Sdk;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>Answers by quoting the sentences that say it.</summary>
internal static class ExtractiveAnswer
{
    /// <summary>Text and sentences, then the end; refused where no candidate passes the domain's checks.</summary>
    /// <param name="workspace">The tenant's domain.</param>
    /// <param name="candidates">At least one with evidence enough.</param>
    /// <param name="passages">How many passages were considered.</param>
    /// <param name="times">Those of the answer.</param>
    /// <param name="cancellationToken">Stops the answer.</param>
    public static async IAsyncEnumerable<AnswerEvent> WriteAsync(
        DomainWorkspace workspace,
        IReadOnlyList<Candidate> candidates,
        int passages,
        AnswerTimes times,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var profile = workspace.Roles.Profile;
        var model = workspace.Roles.Models.Answers ?? AnswerModel.HandSet;
        var stretches = await AnswerChecks.KeepPassedAsync(AnswerSelection.Pick(candidates, model.Worth), workspace.Roles, cancellationToken).ConfigureAwait(false);
        var quoted = Quotation.Of(stretches, profile.Analysis);
        times.MarkFirst();
        if (quoted.Sentences.Count == 0)
        {
            foreach (var step in Refusal.Of(profile, times.WithoutModel(passages)))
            {
                yield return step;
            }

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
            AnswerStatus.Answered, quoted.Text, quoted.Sentences, quoted.Citations, times.WithoutModel(passages)));
    }
}
