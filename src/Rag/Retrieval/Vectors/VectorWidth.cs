namespace Tessera.Rag.Retrieval.Vectors;

/// <summary>One collection holds vectors of one width.</summary>
internal static class VectorWidth
{
    /// <exception cref="PermanentException"><c>bad-embedder</c>: the widths differ.</exception>
    public static void Require(int width, int collection)
    {
        if (width != collection)
        {
            throw new PermanentException(
                "bad-embedder", $"The embedding model makes vectors of {width} numbers; those of this index have {collection}. Build the index anew with this model.");
        }
    }
}
