using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>Judges a sentence of a model: by the domain's checks, and by what it rests on.</summary>
internal static class SentenceChecks
{
    public const string Unfound = "What the model gave as a quote stands in none of the passages.";
    public const string NoSource = "This sentence has no source.";
    public const string Cut = "The answer was cut at the length limit.";

    /// <summary>The first of the domain's checks that fails, or a pass.</summary>
    public static async Task<Verdict> RunAsync(
        IReadOnlyList<IAnswerCheck> checks, AnswerSentence sentence, IReadOnlyList<Citation> citations, CancellationToken cancellationToken)
    {
        foreach (var check in checks)
        {
            if (await check.CheckAsync(sentence, citations, cancellationToken).ConfigureAwait(false) is { Passed: false } failed)
            {
                return failed;
            }
        }

        return Verdict.Pass;
    }

    /// <summary>The verdict that is shown: all that is wrong with the sentence.</summary>
    public static Verdict Judge(DraftSentence sentence, Verdict checks, bool isCut)
    {
        var reasons = new List<string>();
        if (sentence.HasUnfound)
        {
            reasons.Add(Unfound);
        }
        else if (sentence.Quotes.Count == 0 && !isCut)
        {
            reasons.Add(NoSource);
        }

        if (!checks.Passed)
        {
            reasons.Add(checks.Reason ?? "A check of the domain failed.");
        }

        if (isCut)
        {
            reasons.Add(Cut);
        }

        return reasons.Count == 0 ? Verdict.Pass : new Verdict(false, string.Join(' ', reasons));
    }
}
