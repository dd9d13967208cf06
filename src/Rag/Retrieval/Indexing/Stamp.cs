namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>Which state of a collection something was made from. Two states of equal stamps are the same.</summary>
/// <param name="Generation">Grows with each change.</param>
/// <param name="Collection">Tells a collection from one that was dropped and made anew.</param>
internal readonly record struct Stamp(long Generation, long Collection = 0);
