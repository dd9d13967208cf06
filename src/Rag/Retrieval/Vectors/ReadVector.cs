namespace Tessera.Rag.Retrieval.Vectors;

/// <summary>Fills in the exact vector of a slot, from wherever it is kept.</summary>
internal delegate void ReadVector(int slot, Span<float> vector);
