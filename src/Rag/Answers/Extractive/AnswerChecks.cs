using Tessera.Sdk;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>Runs the domain's checks before anything is shown: a quoting answer leaves out what does not pass.</summary>
internal static class AnswerChecks
{
    /// <summary>The stretches whose every sentence passes every check.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<Candidate>>> KeepPassedAsync(
        IReadOnlyList<IReadOnlyList<Candidate>> stretches, DomainRoles roles, CancellationToken cancellationToken)
    {
        if (roles.Checks.Count == 0)
        {
            return stretches;
        }

        var kept = new List<IReadOnlyList<Candidate>>();
        foreach (var stretch in stretches)
        {
            if (await PassesAsync(stretch, roles, cancellationToken).ConfigureAwait(false))
            {
                kept.Add(stretch);
            }
        }

        return kept;
    }

    private static async Task<bool> PassesAsync(IReadOnlyList<Candidate> stretch, DomainRoles roles, CancellationToken cancellationToken)
    {
        var (_, sentences, citations) = Quotation.Of([stretch], roles.Profile.Analysis);
        foreach (var sentence in sentences)
        {
            foreach (var check in roles.Checks)
            {
                if (await check.CheckAsync(sentence, citations, cancellationToken).ConfigureAwait(false) is { Passed: false })
                {
                    return false;
                }
            }
        }

        return true;
    }
}
