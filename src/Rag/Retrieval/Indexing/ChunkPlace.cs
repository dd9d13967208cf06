namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>Where a chunk is stored.</summary>
/// <param name="Row">Its revision's row in the store.</param>
/// <param name="Chunk">Its number within the document.</param>
internal readonly record struct ChunkPlace(long Row, int Chunk);
