namespace Tessera.Rag.Retrieval.Reranking;

/// <summary>What became of a search's second reading.</summary>
/// <param name="Model">Name of the model that read.</param>
/// <param name="Read">How many passages it was given: the first ones.</param>
/// <param name="Elapsed">How long it took, or was waited for.</param>
/// <param name="Problem">Why the passages stand in the order that they had before; null: it ordered them.</param>
public sealed record RerankingOutcome(string Model, int Read, TimeSpan Elapsed, string? Problem);
