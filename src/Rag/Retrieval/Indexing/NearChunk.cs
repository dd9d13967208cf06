namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>How like a chunk's vector is to the question's.</summary>
/// <param name="Place">Where the chunk is stored.</param>
/// <param name="Likeness">Product of the unit vectors.</param>
internal readonly record struct NearChunk(ChunkPlace Place, float Likeness);
