using Tessera.Rag.Retrieval.Reranking;

namespace Tessera.Host.Answers;

/// <summary>What became of a search's second reading, as callers see it.</summary>
/// <param name="Model">The reranker.</param>
/// <param name="Read">How many of the first passages it was given.</param>
/// <param name="Problem">Why the passages stand in the order that they had before; null: it ordered them.</param>
public sealed record RerankingView(string Model, int Read, double Milliseconds, string? Problem)
{
    public static RerankingView? Of(RerankingOutcome? outcome) =>
        outcome is null ? null : new RerankingView(outcome.Model, outcome.Read, outcome.Elapsed.TotalMilliseconds, outcome.Problem);
}
