using Tessera.Rag.Retrieval.Lexical;
namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>A <see cref="SearchFilter"/>, ready to be asked of many documents.</summary>
internal sealed class DocumentFilter(SearchFilter filter)
{
    private readonly HashSet<Sdk.DocumentId> _documents = [.. filter.Documents];
    private readonly HashSet<string> _tags = [.. filter.Tags];
    private readonly HashSet<string> _languages = new(filter.Languages, StringComparer.OrdinalIgnoreCase);
    private readonly string[] _folders = [.. filter.Folders.Select(folder => folder.Trim('/'))];

    /// <summary>Whether the document's chunks may be found.</summary>
    public bool Matches(StoredDocument document) =>
        (_documents.Count == 0 || _documents.Contains(document.Id))
        && (_tags.Count == 0 || document.Tags.Any(_tags.Contains))
        && (_languages.Count == 0 || (document.Language is { } language && _languages.Contains(language)))
        && (_folders.Length == 0 || Array.Exists(_folders, folder => IsBelow(document.Folder.AsSpan().Trim('/'), folder)))
        && (filter.From is not { } from || document.Date >= from)
        && (filter.To is not { } to || document.Date <= to);

    private static bool IsBelow(ReadOnlySpan<char> folder, ReadOnlySpan<char> above) =>
        above.IsEmpty
        || (folder.StartsWith(above, StringComparison.Ordinal) && (folder.Length == above.Length || folder[above.Length] == '/'));
}
