using Tessera.Rag.Answers.Extractive;
using Tessera.Rag.Telemetry;
using Tessera.Sdk;
using Found = Tessera.Rag.Retrieval.Ranking.Candidate;

namespace Tessera.Rag.Answers;

/// <summary>What was found for a question, and whether that answers it.</summary>
/// <param name="Candidates">The sentences of the best passages, scored.</param>
/// <param name="Strength">How likely the question is answered, by what the domain learned; else the most that a sentence covers of it. 0 to 1.</param>
/// <param name="IsEnough">Whether that is enough to answer.</param>
internal sealed record Judgement(IReadOnlyList<Candidate> Candidates, double Strength, bool IsEnough)
{
    /// <summary>Judges what a question found.</summary>
    public static async Task<Judgement> OfAsync(
        DomainWorkspace workspace, Question question, IReadOnlyList<Found> found, CancellationToken cancellationToken)
    {
        using var span = EngineTelemetry.Span("tessera.judge");
        var roles = workspace.Roles;
        var evidence = await Evidence.OfAsync(workspace, question, found, cancellationToken).ConfigureAwait(false);
        var candidates = await SentenceRanking.RankAsync(evidence, found, roles, cancellationToken).ConfigureAwait(false);
        var coverage = CoverageOf(candidates);
        return roles.Models.Answers is { } model && model.LikelihoodOf(candidates, found) is { } likelihood
            ? new Judgement(candidates, likelihood, candidates.Count > 0 && likelihood >= model.Least)
            : new Judgement(candidates, coverage, candidates.Count > 0 && coverage >= roles.Profile.MinimumEvidence);
    }

    /// <summary>The most that a sentence covers of the question with the headings above it, 0 to 1.</summary>
    public static double CoverageOf(IEnumerable<Candidate> candidates) => candidates.Select(candidate => candidate.Coverage).DefaultIfEmpty(0).Max();
}
