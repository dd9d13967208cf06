namespace Tessera.Reader.Formats;

/// <summary>Markdown.</summary>
internal sealed class MarkdownFormat : IFormat
{
    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        var outline = new Outline(output);
        new MarkdownText(outline, cancellationToken).Read(EncodedText.Read(file).Text);
        outline.Flush();
    }
}
