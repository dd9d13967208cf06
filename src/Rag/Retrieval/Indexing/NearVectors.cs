namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>What a server told of the vectors that it keeps.</summary>
/// <param name="Chunks">The chunks whose likeness to the question it told; a place that the index does not know counts for nothing.</param>
/// <param name="Deviation">How far the likeness of all chunks that may be found lies from its mean; null: <paramref name="Chunks"/> are all of them.</param>
internal sealed record NearVectors(IReadOnlyList<NearChunk> Chunks, float? Deviation)
{
    /// <summary>Of a question without a vector.</summary>
    public static NearVectors None { get; } = new([], null);
}
