using Tessera.Rag.Retrieval.Indexing;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Shared;

/// <summary>What an index is told to become that of a collection's present state. A closed set.</summary>
internal abstract record CollectionChange
{
    private CollectionChange()
    {
    }

    /// <summary>The state that all others lead to.</summary>
    /// <param name="Stamp">Which state.</param>
    /// <param name="IsWhole">Whether the others are all that there is, not only what changed.</param>
    public sealed record Standing(Stamp Stamp, bool IsWhole) : CollectionChange;

    /// <summary>A document's newest revision, and no other of it, is seen.</summary>
    public sealed record Came(IndexedRevision Revision, byte[] Terms) : CollectionChange;

    /// <summary>Nothing of a document is seen.</summary>
    public sealed record Went(DocumentId Document) : CollectionChange;
}
