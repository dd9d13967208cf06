using System.Collections.Frozen;

namespace Tessera.Sdk;

/// <summary>Names of the tags that readers put on sections and chunkers hand on to chunks.</summary>
public static class SectionTags
{
    /// <summary>What the section is: one of the <c>Kind…</c> values, or a domain's own word.</summary>
    public const string Kind = "kind";

    /// <summary>1-based first and last line in the file, as <c>12-40</c>.</summary>
    public const string Lines = "lines";

    /// <summary>Programming language in lower case: <c>csharp</c>, <c>python</c>, <c>typescript</c> …</summary>
    public const string Language = "language";

    /// <summary>Name of the declared function, method or type, without its container.</summary>
    public const string Symbol = "symbol";

    /// <summary>The declaration without its body, on one line.</summary>
    public const string Signature = "signature";

    /// <summary>
    /// Other names that a chunk introduces, for an enricher to set: <c>asked > said</c>, several separated by <c>; </c>. A question that says the one is
    /// searched by the other too, in all documents that the search may find.
    /// </summary>
    public const string Aliases = "aliases";

    /// <summary>
    /// Words of a chunk whose meaning stands elsewhere in its document, for an enricher to set: <c>words > ordinal:start-end</c>, several separated by
    /// <c>; </c>: the number of the chunk that says it, and where in the document's text. Answers that quote the words show that too.
    /// </summary>
    public const string Links = "links";

    /// <summary>Stands in <see cref="Aliases"/> between what is asked and what is said, in <see cref="Links"/> between words and their place.</summary>
    public const string Means = " > ";

    /// <summary>Stands in <see cref="Aliases"/> and <see cref="Links"/> between two of them.</summary>
    public const string Between = "; ";

    /// <summary>Value of <see cref="Kind"/>: rows of a table, one row a line, cells separated by <c> | </c>.</summary>
    public const string KindTable = "table";

    /// <summary>Value of <see cref="Kind"/>: source code.</summary>
    public const string KindCode = "code";

    /// <summary>No tags.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } = FrozenDictionary<string, string>.Empty;
}
