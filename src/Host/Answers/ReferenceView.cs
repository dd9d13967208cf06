using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>What words of a citation refer to in the same document: the definition of a term, a clause that is named. No sentence rests on it.</summary>
/// <param name="Citation">Index of the citation.</param>
/// <param name="Words">As they stand in its quote.</param>
/// <param name="Page">1-based; null where the format has no pages.</param>
/// <param name="Path">Heading trail.</param>
/// <param name="Start">Offset in the document's text, UTF-16 code units.</param>
/// <param name="Quote">Equal to the document's text at <c>[Start, End)</c>.</param>
internal sealed record ReferenceView(
    int Citation, string Words, Guid DocumentId, string DocumentName, int? Page, string Path, int Start, int End, string Quote)
{
    /// <param name="documentOf">A document that was found.</param>
    public static ReferenceView Of(Reference reference, Func<DocumentId, FoundDocument> documentOf)
    {
        var source = reference.Source;
        return new ReferenceView(
            reference.Citation,
            reference.Words,
            source.Document.Value,
            documentOf(source.Document).Name,
            source.Page,
            source.Path,
            source.Start,
            source.End,
            source.Quote);
    }
}
