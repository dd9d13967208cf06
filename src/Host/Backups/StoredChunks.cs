using System.Runtime.InteropServices;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Backups;

/// <summary>What an index holds of one document, as a backup tells it.</summary>
/// <param name="Domain">Of which domain.</param>
/// <param name="Index">Key of the index.</param>
/// <param name="Id">The document.</param>
/// <param name="Revision">Its newest revision there.</param>
internal sealed record StoredChunks(string Domain, string Index, Guid Id, int Revision)
{
    public required string Name { get; init; }

    public required string Folder { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public DateOnly? Date { get; init; }

    public string? Language { get; init; }

    public required IReadOnlyList<StoredChunk> Chunks { get; init; }

    public static StoredChunks Of(string domain, string index, StoredDocument document, int revision, IEnumerable<EmbeddedChunk> chunks) =>
        new(domain, index, document.Id.Value, revision)
        {
            Name = document.Name, Folder = document.Folder, Tags = document.Tags, Date = document.Date, Language = document.Language,
            Chunks = [.. chunks.Select(one => new StoredChunk(one.Chunk.Ordinal, one.Chunk.Text, one.Chunk.Path, one.Chunk.Page, one.Chunk.Start, one.Chunk.End)
            {
                Tags = one.Chunk.Tags.Count == 0 ? null : one.Chunk.Tags,
                Vector = one.Vector.IsEmpty ? null : MemoryMarshal.AsBytes(one.Vector.Span).ToArray(),
            })],
        };

    public StoredDocument ToDocument() => new(new DocumentId(Id), Name) { Folder = Folder, Tags = Tags, Date = Date, Language = Language };

    public IReadOnlyList<EmbeddedChunk> ToChunks() =>
    [
        .. Chunks.Select(one => new EmbeddedChunk(
            new Chunk(new DocumentId(Id), one.Ordinal, one.Text, one.Path, one.Page, one.Start, one.End) { Tags = one.Tags ?? SectionTags.None },
            one.Vector is { } bytes ? MemoryMarshal.Cast<byte, float>(bytes).ToArray() : default)),
    ];

    /// <param name="Ordinal">As of <see cref="Chunk"/>, with the rest.</param>
    internal sealed record StoredChunk(int Ordinal, string Text, string Path, int? Page, int Start, int End)
    {
        public IReadOnlyDictionary<string, string>? Tags { get; init; }

        /// <summary>Its numbers, four bytes each, the lowest first.</summary>
        public byte[]? Vector { get; init; }
    }
}
