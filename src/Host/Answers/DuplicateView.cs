using Tessera.Sdk;

namespace Tessera.Host.Answers;

/// <summary>A passage that is folded under one that is shown, as callers see it.</summary>
/// <param name="Folder">The document's folder; empty is the root.</param>
/// <param name="Page">1-based; null where the format has no pages.</param>
/// <param name="Path">Heading trail.</param>
/// <param name="Start">Offset of its text in its document's text, UTF-16 code units.</param>
/// <param name="Same">The shown one says all that it says, word for word.</param>
/// <param name="Adds">Words that it has and the shown one has not, where it is not the same.</param>
/// <param name="Lacks">Words that the shown one has and it has not, where it is not the same.</param>
public sealed record DuplicateView(
    Guid DocumentId,
    string DocumentName,
    string Folder,
    int? Page,
    string Path,
    int Start,
    int End,
    bool Same,
    IReadOnlyList<string> Adds,
    IReadOnlyList<string> Lacks)
{
    internal static DuplicateView Of(Duplicate duplicate, FoundDocument document) => new(
        duplicate.Chunk.Document.Value,
        document.Name,
        document.Folder,
        duplicate.Chunk.Page,
        duplicate.Chunk.Path,
        duplicate.Chunk.Start,
        duplicate.Chunk.End,
        duplicate.IsSame,
        duplicate.Adds,
        duplicate.Lacks);
}
