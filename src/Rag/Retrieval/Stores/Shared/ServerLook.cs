using Tessera.Rag.Retrieval.Indexing;

namespace Tessera.Rag.Retrieval.Stores.Shared;

/// <summary>What a server says of a collection.</summary>
/// <param name="Stamp">Its state.</param>
/// <param name="Near">In that state: of a small scope the likeness of every chunk, else that of the nearest; empty where no vectors were asked for.</param>
internal sealed record ServerLook(Stamp Stamp, IReadOnlyList<NearChunk> Near);
