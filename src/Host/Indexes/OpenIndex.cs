using Microsoft.Extensions.AI;
using Tessera.Rag.Retrieval;

namespace Tessera.Host.Indexes;

/// <summary>One index, to read and to write.</summary>
/// <param name="Key">Its embedder's hash, or <see cref="DomainIndex.WithoutVectors"/>.</param>
/// <param name="Store">Its chunks.</param>
/// <param name="Embedder">Makes its vectors; null where it has none, or their embedder is not loaded.</param>
internal sealed record OpenIndex(string Key, IChunkStore Store, IEmbeddingGenerator<string, Embedding<float>>? Embedder)
{
    /// <summary>Whether what is written now lacks vectors that the index is made of.</summary>
    public bool LacksVectors => Key.Length > 0 && Embedder is null;
}
