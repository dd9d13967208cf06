namespace Tessera.Reader.Formats;

/// <summary>reStructuredText.</summary>
internal sealed class RstFormat : IFormat
{
    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        var outline = new Outline(output);
        new RstText(outline, cancellationToken).Read(EncodedText.Read(file).Text);
        outline.Flush();
    }
}
