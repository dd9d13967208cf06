using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Rag.Ingestion;

/// <summary>A document as stores take it.</summary>
/// <param name="Document">Its filter fields.</param>
/// <param name="Chunks">By ordinal.</param>
public sealed record CutDocument(StoredDocument Document, IReadOnlyList<Chunk> Chunks);
