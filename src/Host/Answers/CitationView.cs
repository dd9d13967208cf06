using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>The exact characters that a sentence rests on, as callers see them.</summary>
/// <param name="Quote">Equal to the document's text at <c>[Start, End)</c>, proven before it leaves.</param>
internal sealed record CitationView(
    Guid DocumentId, string DocumentName, int? Page, string Path, int Start, int End, string Quote)
{
    /// <summary>Other places that say the same, character for character.</summary>
    public IReadOnlyList<QuotePlaceView> AlsoIn { get; init; } = [];

    /// <param name="passages">Those that the answer rests on.</param>
    /// <param name="documentOf">A document that was found.</param>
    public static CitationView Of(Citation citation, IReadOnlyList<Passage> passages, Func<DocumentId, FoundDocument> documentOf) => new(
        citation.Document.Value, documentOf(citation.Document).Name, citation.Page, citation.Path, citation.Start, citation.End, citation.Quote)
    {
        AlsoIn = QuotePlaceView.Of(citation, passages, documentOf),
    };
}
