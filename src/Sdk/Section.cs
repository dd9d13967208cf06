namespace Tessera.Sdk;

/// <summary>
/// A stretch of a document as the reader found it. A document's text is its sections' texts joined by <c>\n\n</c>;
/// every offset in the platform counts UTF-16 code units in that string.
/// </summary>
/// <param name="Text">The text: newlines are <c>\n</c>, no lone surrogates, no NUL, never empty.</param>
/// <param name="Path">The heading trail, outermost first, joined by <see cref="Separator"/>; empty where there is none.</param>
/// <param name="Page">1-based page (or slide, or sheet); null where the format has none.</param>
/// <param name="Start">Offset of the text's first code unit in the document's text.</param>
public sealed record Section(string Text, string Path, int? Page, int Start)
{
    /// <summary>Stands between two headings of a <see cref="Path"/>.</summary>
    public const string Separator = " › ";

    /// <summary>Stands between two sections in the document's text.</summary>
    public const string Joint = "\n\n";

    /// <summary>
    /// What else the reader knows, under the names of <see cref="SectionTags"/>. Ordinal keys; empty by default.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = SectionTags.None;

    /// <summary>Offset just behind the last code unit.</summary>
    public int End => Start + Text.Length;
}
