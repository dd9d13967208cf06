namespace Tessera.Rag.Retrieval.Translation;

/// <summary>A passage word that promises a question word.</summary>
/// <param name="Word">The key of the passage word.</param>
/// <param name="Probability">t(q|w): how likely the passage word yields the question word; above 0, at most 1.</param>
public readonly record struct WordPromise(ulong Word, float Probability);
