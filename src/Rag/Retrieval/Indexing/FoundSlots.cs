using Tessera.Rag.Retrieval.Lexical;

namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>What one search may find.</summary>
/// <param name="Count">How many slots.</param>
/// <param name="Wanted">1 for each of them, else 0; null: all others have no score.</param>
/// <param name="VectorDeviation">That of the vectors' likeness, where not all of it is among the scores; else null.</param>
/// <param name="VectorLost">What the variance of the vectors' likeness lacks, where not all of it was looked at; else 0.</param>
internal readonly record struct FoundSlots(int Count, SlotScores? Wanted, float? VectorDeviation, float VectorLost);
