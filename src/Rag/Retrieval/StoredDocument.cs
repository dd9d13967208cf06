using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>What a store knows about a document: the fields that searches filter by, and its name, which is searched too.</summary>
public sealed record StoredDocument(DocumentId Id, string Name)
{
    /// <summary>Folder with forward slashes; empty is the root.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The uploader's tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The document's own date.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; init; }
}

/// <summary>That a store holds a document.</summary>
/// <param name="Document">Which.</param>
/// <param name="Number">The newest revision.</param>
/// <param name="HasVectors">Whether it was written with vectors; true also where it has no chunks.</param>
public sealed record StoredRevision(DocumentId Document, int Number, bool HasVectors);

/// <summary>A chunk and its vector.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Vector">Unit length; empty where the domain has no embedding model.</param>
public sealed record EmbeddedChunk(Chunk Chunk, ReadOnlyMemory<float> Vector = default);
