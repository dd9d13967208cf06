namespace Tessera.Rag.Retrieval.Vectors;

/// <summary>A vector that was found.</summary>
/// <param name="Slot">Its number, as <see cref="Int8Scan.Add"/> gave it.</param>
/// <param name="Score">Dot product with the question's vector: for vectors of length 1 their likeness, -1 to 1.</param>
internal readonly record struct VectorHit(int Slot, float Score);
