using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>A passage as callers see it.</summary>
/// <param name="Page">1-based; null where the format has no pages.</param>
/// <param name="Path">Heading trail.</param>
/// <param name="Start">Offset of the text in the document's text, UTF-16 code units.</param>
/// <param name="Score">Higher is better; comparable within one search only.</param>
internal sealed record PassageView(
    Guid DocumentId, string DocumentName, int? Page, string Path, int Start, int End, string Text, double Score)
{
    public static PassageView Of(Passage passage, string documentName) => new(
        passage.Chunk.Document.Value,
        documentName,
        passage.Chunk.Page,
        passage.Chunk.Path,
        passage.Chunk.Start,
        passage.Chunk.End,
        passage.Chunk.Text,
        passage.Score);
}
