namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>A chunk that was found.</summary>
/// <param name="Revision">Its document's visible revision.</param>
/// <param name="Chunk">Its number within the document.</param>
/// <param name="Score">Higher is better.</param>
internal readonly record struct Hit(IndexedRevision Revision, int Chunk, double Score);
