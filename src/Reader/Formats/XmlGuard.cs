using System.Xml;

namespace Tessera.Reader.Formats;

/// <summary>The only way by which the Reader opens XML: no resolver, no entities of its own, bounded depth and length.</summary>
internal static class XmlGuard
{
    public const int MaximumDepth = 256;
    private const long MaximumCharacters = 256L << 20;

    /// <summary>Opens XML whose elements the caller walks with a loop. The caller closes the reader.</summary>
    /// <param name="stream">The XML; its encoding is told by its own mark or declaration.</param>
    /// <param name="allowDoctype">A document type is passed over, and an entity that it would define is an error; else the type is an error.</param>
    public static XmlReader Open(Stream stream, bool allowDoctype = false) => XmlReader.Create(stream, Settings(allowDoctype));

    /// <inheritdoc cref="Open(Stream, bool)"/>
    public static XmlReader Open(TextReader text, bool allowDoctype = false) => XmlReader.Create(text, Settings(allowDoctype));

    /// <summary>Walks the XML once, for parsers that recurse: call it before them.</summary>
    /// <exception cref="UnreadableException">too-deep.</exception>
    /// <exception cref="XmlException">The XML is not well formed, or too long.</exception>
    public static void Check(Stream stream, bool allowDoctype = false, int maximumDepth = MaximumDepth)
    {
        using var reader = Open(stream, allowDoctype);
        while (reader.Read())
        {
            CheckDepth(reader, maximumDepth);
        }
    }

    /// <summary>For loops of one's own: call it at each node.</summary>
    /// <exception cref="UnreadableException">too-deep.</exception>
    public static void CheckDepth(XmlReader reader, int maximumDepth = MaximumDepth)
    {
        if (reader.Depth > maximumDepth)
        {
            throw new UnreadableException("too-deep", $"The document nests more than {maximumDepth} elements in each other.");
        }
    }

    private static XmlReaderSettings Settings(bool allowDoctype) => new()
    {
        DtdProcessing = allowDoctype ? DtdProcessing.Ignore : DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaximumCharacters,
        MaxCharactersFromEntities = 1 << 16,
        CloseInput = false,
    };
}
