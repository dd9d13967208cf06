using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>The exact characters that a sentence rests on, as callers see them.</summary>
/// <param name="Quote">Equal to the document's text at <c>[Start, End)</c>, proven before it leaves.</param>
internal sealed record CitationView(
    Guid DocumentId, string DocumentName, int? Page, string Path, int Start, int End, string Quote)
{
    public static CitationView Of(Citation citation, string documentName) => new(
        citation.Document.Value, documentName, citation.Page, citation.Path, citation.Start, citation.End, citation.Quote);
}
