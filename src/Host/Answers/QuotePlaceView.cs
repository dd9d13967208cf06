using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>Another place where a quote stands, character for character.</summary>
/// <param name="Folder">The document's folder; empty is the root.</param>
/// <param name="Start">Offset in that document's text, UTF-16 code units.</param>
internal sealed record QuotePlaceView(Guid DocumentId, string DocumentName, string Folder, int? Page, string Path, int Start, int End)
{
    /// <summary>Where the quote stands in what is folded under the passages that hold it, each document's places once.</summary>
    public static IReadOnlyList<QuotePlaceView> Of(Citation citation, IReadOnlyList<Passage> passages, Func<DocumentId, FoundDocument> documentOf) =>
    [
        .. passages.Where(passage => passage.Chunk.Document == citation.Document && passage.Chunk.Start <= citation.Start && citation.End <= passage.Chunk.End)
            .SelectMany(passage => passage.Duplicates)
            .Select(duplicate => Find(citation.Quote, duplicate.Chunk, documentOf))
            .OfType<QuotePlaceView>()
            .DistinctBy(place => (place.DocumentId, place.Start)),
    ];

    private static QuotePlaceView? Find(string quote, Chunk chunk, Func<DocumentId, FoundDocument> documentOf)
    {
        if (chunk.Text.IndexOf(quote, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return null;
        }

        var document = documentOf(chunk.Document);
        var start = chunk.Start + at;
        return new QuotePlaceView(chunk.Document.Value, document.Name, document.Folder, chunk.Page, chunk.Path, start, start + quote.Length);
    }
}
