namespace Tessera.Sdk;

/// <summary>The unit of search: a verbatim stretch of one document.</summary>
/// <param name="Document">The document it was cut from.</param>
/// <param name="Ordinal">0-based place among the document's chunks.</param>
/// <param name="Text">Exactly the document's text at <c>[Start, End)</c>.</param>
/// <param name="Path">Heading trail; searched together with the text.</param>
/// <param name="Page">1-based page of its first character, where the format has pages.</param>
/// <param name="Start">Offset of the first UTF-16 code unit in the document's text.</param>
/// <param name="End">Offset just behind the last one.</param>
public sealed record Chunk(DocumentId Document, int Ordinal, string Text, string Path, int? Page, int Start, int End)
{
    /// <summary>What the domain knows about the chunk (see <see cref="SectionTags"/>). Ordinal keys; empty by default.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = SectionTags.None;
}
