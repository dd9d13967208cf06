using Tessera.Sdk;

namespace Tessera.Host.Documents;

/// <summary>A chunk as callers see it.</summary>
/// <param name="Ordinal">Counts from 0 within the document.</param>
/// <param name="Path">Heading trail.</param>
/// <param name="Start">Offset of its first UTF-16 code unit in the document's text.</param>
/// <param name="End">Offset just behind its last one.</param>
internal sealed record ChunkView(
    int Ordinal, string Text, string Path, int? Page, int Start, int End, IReadOnlyDictionary<string, string> Tags)
{
    public static ChunkView Of(Chunk chunk) =>
        new(chunk.Ordinal, chunk.Text, chunk.Path, chunk.Page, chunk.Start, chunk.End, chunk.Tags);
}
