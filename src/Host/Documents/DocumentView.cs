namespace Tessera.Host.Documents;

/// <summary>A document as callers see it.</summary>
/// <param name="Status">Queued, Reading, Indexing, Searchable or Failed.</param>
/// <param name="Bytes">Of the newest revision, as <c>sha256</c>, <c>revision</c> and the bytes of <c>content</c>.</param>
/// <param name="Pages">Of what searches see; null where the format has none, and until one revision was read.</param>
/// <param name="Chunks">How many searches see, of the newest revision that was indexed; null until one was.</param>
/// <param name="Reason">Why it failed and the way out; says so where searches still see what was read before.</param>
/// <param name="ReasonCode">Stable, kebab case.</param>
internal sealed record DocumentView(
    Guid Id,
    Guid? ParentId,
    string Domain,
    string Name,
    string Folder,
    IReadOnlyList<string> Tags,
    DateOnly? Date,
    string? Language,
    long Bytes,
    string Sha256,
    int Revision,
    int? Pages,
    int? Chunks,
    string Status,
    string? Reason,
    string? ReasonCode,
    DateTimeOffset CreatedAt)
{
    public static DocumentView Of(Document document) => new(
        document.Id,
        document.ParentId,
        document.Domain,
        document.Name,
        document.Folder,
        document.Tags,
        document.Date,
        document.Language,
        document.Bytes,
        document.Sha256,
        document.Revision,
        document.Pages,
        document.Chunks,
        document.Status.ToString(),
        document is { Status: DocumentStatus.Failed, IndexedRevision: > 0 }
            ? $"{document.Reason} Until then searches see revision {document.IndexedRevision}."
            : document.Reason,
        document.ReasonCode,
        document.CreatedAt);
}
