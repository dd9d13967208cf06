namespace Tessera.Reader.Formats;

/// <summary>Rich Text Format. Deleted and hidden text is left out, fields give their saved result, embedded objects are passed over.</summary>
internal sealed class RtfFormat : IFormat
{
    private const long MaximumBytes = 256L << 20;

    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        using var stream = file.Open();
        if (stream.Length > MaximumBytes)
        {
            throw new UnreadableException("too-large", $"The file is larger than {MaximumBytes >> 20} MB. Split it and upload its parts.");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var outline = new Outline(output);
        new RtfText(outline, cancellationToken).Read(bytes);
        outline.Flush();
    }
}
