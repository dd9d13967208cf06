namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>A copy of one collection that the server keeps.</summary>
/// <param name="Collection">The collection's name.</param>
/// <param name="Name">The copy's own.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Checksum">SHA-256 in hex; null where the server tells none.</param>
public sealed record QdrantSnapshot(string Collection, string Name, long Bytes, string? Checksum);
