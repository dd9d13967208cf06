using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>A passage as callers see it.</summary>
/// <param name="Page">1-based; null where the format has no pages.</param>
/// <param name="Path">Heading trail.</param>
/// <param name="Start">Offset of the text in the document's text, UTF-16 code units.</param>
/// <param name="Score">Higher is better; comparable within one search only.</param>
/// <param name="Duplicates">Others that were found and say the same, or nearly: folded under it, the best first.</param>
internal sealed record PassageView(
    Guid DocumentId, string DocumentName, int? Page, string Path, int Start, int End, string Text, double Score, IReadOnlyList<DuplicateView> Duplicates)
{
    /// <summary>The stretch of the document around it, under the same headings; the passage itself where nothing stands around it.</summary>
    public SectionView Section { get; init; } = new(0, 0);

    /// <param name="documentOf">A document that was found.</param>
    public static PassageView Of(Passage passage, Func<DocumentId, FoundDocument> documentOf) => new(
        passage.Chunk.Document.Value,
        documentOf(passage.Chunk.Document).Name,
        passage.Chunk.Page,
        passage.Chunk.Path,
        passage.Chunk.Start,
        passage.Chunk.End,
        passage.Chunk.Text,
        passage.Score,
        [.. passage.Duplicates.Select(x => DuplicateView.Of(x, documentOf(x.Chunk.Document)))])
    {
        Section = SectionView.Of(passage),
    };
}
