namespace Tessera.Reader.Formats;

/// <summary>Plain text.</summary>
internal sealed class TextFormat : IFormat
{
    /// <summary>Longer texts become several sections, cut at blank lines: no frame of the protocol grows without bound.</summary>
    private const int Piece = 1_000_000;

    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        var text = EncodedText.Read(file).Text.AsSpan();
        while (text.Length > Piece)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cut = Cut(text[..Piece]);
            output.Write(text[..cut].ToString());
            text = text[cut..];
        }

        output.Write(text.ToString());
    }

    private static int Cut(ReadOnlySpan<char> text)
    {
        var blank = text.LastIndexOf("\n\n");
        var line = blank > text.Length / 2 ? blank + 2 : text.LastIndexOf('\n') + 1;
        var cut = line > text.Length / 2 ? line : text.Length;
        return char.IsHighSurrogate(text[cut - 1]) ? cut - 1 : cut;
    }
}
