namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>Weights for questions of other kinds than those that were learned from.</summary>
/// <param name="Known">The questions that were learned from, without the documents that they name.</param>
/// <param name="Named">As <see cref="RankerFile.Named"/>.</param>
/// <param name="Nameless">As <see cref="RankerFile.Nameless"/>.</param>
internal sealed record StrangerWeights(
    IReadOnlyList<string> Known, IReadOnlyDictionary<string, float>? Named, IReadOnlyDictionary<string, float>? Nameless);
