namespace Tessera.Host.Documents;

/// <summary>A document as callers see it.</summary>
/// <param name="Status">Queued, Reading, Indexing, Searchable or Failed.</param>
/// <param name="Pages">Null where the format has none, and until it is read.</param>
/// <param name="Chunks">Null until it is indexed.</param>
/// <param name="Reason">Why it failed and the way out.</param>
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
        document.Reason,
        document.ReasonCode,
        document.CreatedAt);
}
