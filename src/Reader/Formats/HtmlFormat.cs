using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Web pages. Read as a stream of tags without a tree, so that no nesting is too deep; nothing that they name is fetched.</summary>
internal sealed class HtmlFormat : IFormat
{
    private const int DeclarationWithin = 4_096;

    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        var outline = new Outline(output);
        new HtmlText(outline, cancellationToken).Read(EncodedText.Read(file, DeclaredCharset(file)).Text, useTitle: true);
        outline.Flush();
    }

    private static string? DeclaredCharset(SourceFile file)
    {
        using var stream = file.Open();
        var head = new byte[DeclarationWithin];
        var text = Encoding.Latin1.GetString(head, 0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        var at = text.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        return at < 0
            ? null
            : new string([.. text.Skip(at + 8).SkipWhile(x => x is '"' or '\'' or ' ').TakeWhile(x => char.IsAsciiLetterOrDigit(x) || x is '-' or '_')]);
    }
}
