namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>
/// Which revisions one search may find. Filters are asked of the host's index alone: a server is told the revisions, so all stores filter alike.
/// </summary>
/// <param name="Chunks">How many chunks they have.</param>
/// <param name="Rows">The rows of those that it may find, or where <paramref name="AreLeftOut"/> of those that it may not: a small scope's always of the former.</param>
/// <param name="AreLeftOut">How <paramref name="Rows"/> are meant.</param>
internal sealed record SearchScope(int Chunks, IReadOnlyList<long> Rows, bool AreLeftOut)
{
    /// <summary>In scopes up to so many chunks every vector is looked at: a graph of all vectors could pass by the few that are allowed.</summary>
    public const int Small = 4_000;

    /// <summary>Whether every vector is looked at.</summary>
    public bool IsSmall => Chunks <= Small;
}
