using System.Globalization;

namespace Tessera.Rag.Retrieval.Stores.Postgres;

/// <summary>A vector space: one domain's and embedding model's, shared by all tenants.</summary>
/// <param name="Id">Names its table.</param>
/// <param name="Width">How many numbers a vector has.</param>
internal sealed record PostgresSpace(int Id, int Width)
{
    /// <summary>The table of its vectors.</summary>
    public string Table { get; } = "chunks.vector_" + Id.ToString(CultureInfo.InvariantCulture);
}
