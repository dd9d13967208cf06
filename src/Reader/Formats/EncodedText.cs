using System.Globalization;
using System.Text;
using System.Text.Unicode;
using UtfUnknown;

namespace Tessera.Reader.Formats;

/// <summary>Text with the encoding that its bytes were found to be in. A byte-order mark is not part of the text.</summary>
/// <param name="Text">Decoded; broken sequences became U+FFFD. Not cleaned: see <see cref="TextRules"/>.</param>
/// <param name="Encoding">What decoded it.</param>
internal sealed record EncodedText(string Text, Encoding Encoding)
{
    /// <summary>Largest file that is decoded as a whole, in bytes.</summary>
    public const int MaximumBytes = 64 << 20;

    private const int Sample = 1 << 18;

    static EncodedText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a text file: byte-order mark, then the declared encoding, then UTF-16/32 without mark, UTF-8, and a guess.</summary>
    /// <param name="file">The file.</param>
    /// <param name="declared">Name of a charset that the file itself declares (a meta tag, an XML declaration), or null.</param>
    /// <exception cref="UnreadableException">unknown-type where the bytes are no text; too-large; empty.</exception>
    public static EncodedText Read(SourceFile file, string? declared = null)
    {
        using var stream = file.Open();
        if (stream.Length > MaximumBytes)
        {
            throw new UnreadableException("too-large", $"The file is larger than {MaximumBytes >> 20} MB of text. Split it and upload its parts.");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Decode(bytes, declared);
    }

    /// <inheritdoc cref="Read"/>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="declared">As above.</param>
    public static EncodedText Decode(ReadOnlySpan<byte> bytes, string? declared = null)
    {
        if (Mark(bytes) is var (marked, length))
        {
            return Of(bytes[length..], marked);
        }

        if (WideEncoding(bytes) is { } wide)
        {
            return Of(bytes, wide);
        }

        if (IsBinary(bytes))
        {
            if (IsTextAs(Encoding.Unicode, bytes) || IsTextAs(Encoding.BigEndianUnicode, bytes))
            {
                return Of(bytes, IsTextAs(Encoding.Unicode, bytes) ? Encoding.Unicode : Encoding.BigEndianUnicode);
            }

            throw new UnreadableException("unknown-type", "The content is not text and of no kind that can be read. Save it as one of those that are, such as PDF or text.");
        }

        if (Utf8.IsValid(bytes))
        {
            return Of(bytes, Encoding.UTF8);
        }

        return Of(bytes, Named(declared) ?? (IsMostlyUtf8(bytes) ? Encoding.UTF8 : Guess(bytes)));
    }

    private static EncodedText Of(ReadOnlySpan<byte> bytes, Encoding encoding) => bytes.IsEmpty
        ? throw new UnreadableException("empty", "The file has no content.")
        : new(encoding.GetString(bytes), encoding);

    private static (Encoding Encoding, int Length)? Mark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(false, false), 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(true, false), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        [0x84, 0x31, 0x95, 0x33, ..] => (Encoding.GetEncoding("gb18030"), 4),
        _ => null,
    };

    /// <summary>UTF-16 or UTF-32 without a mark: zeros stand at the same places of every unit.</summary>
    private static Encoding? WideEncoding(ReadOnlySpan<byte> bytes)
    {
        Span<int> zeros = stackalloc int[4];
        var sample = bytes[..Math.Min(bytes.Length & ~3, Sample)];
        if (sample.Length == 0)
        {
            // Too short for quarters; a single UTF-16 character is still told by its zero.
            return bytes is [not 0, 0] ? Encoding.Unicode : bytes is [0, not 0] ? Encoding.BigEndianUnicode : null;
        }

        for (var i = 0; i < sample.Length; i++)
        {
            zeros[i & 3] += sample[i] == 0 ? 1 : 0;
        }

        var units = sample.Length / 4;
        var many = (units * 7 / 10) + 1;
        var few = units / 5;
        return (zeros[0] >= many, zeros[1] >= many, zeros[2] >= many, zeros[3] >= many) switch
        {
            (false, _, true, true) when zeros[0] <= few => new UTF32Encoding(false, false),
            (true, true, _, false) when zeros[3] <= few => new UTF32Encoding(true, false),
            (false, true, false, true) when zeros[0] + zeros[2] <= few => Encoding.Unicode,
            (true, false, true, false) when zeros[1] + zeros[3] <= few => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    private static bool IsBinary(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, Sample)];
        var zeros = 0;
        var controls = 0;
        foreach (var b in sample)
        {
            zeros += b == 0 ? 1 : 0;
            controls += b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0B or (byte)'\f' or 0x1B) or 0x7F ? 1 : 0;
        }

        return controls > sample.Length / 20 || (zeros > 0 && controls > zeros && !Utf8.IsValid(sample));
    }

    /// <summary>UTF-16 of another script than Latin: every character is assigned and printable, and words are separated.</summary>
    private static bool IsTextAs(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var text = encoding.GetString(bytes[..Math.Min(bytes.Length & ~1, Sample)]);
        return text.Length >= 16 && bytes.Length % 2 == 0 && text.AsSpan().ContainsAny(" \n\u3000\u3002") && !text.Any(c =>
            char.GetUnicodeCategory(c) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
            || (char.IsControl(c) && !char.IsWhiteSpace(c)));
    }

    /// <summary>UTF-8 with some damage: far more whole sequences than broken ones.</summary>
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var whole = 0;
        var broken = 0;
        for (var rest = bytes[..Math.Min(bytes.Length, Sample)]; !rest.IsEmpty;)
        {
            var status = Rune.DecodeFromUtf8(rest, out _, out var read);
            whole += status == System.Buffers.OperationStatus.Done && read > 1 ? 1 : 0;
            broken += status == System.Buffers.OperationStatus.Done ? 0 : 1;
            rest = rest[read..];
        }

        return whole > 4 * broken;
    }

    private static Encoding Guess(ReadOnlySpan<byte> bytes)
    {
        var detected = CharsetDetector.DetectFromBytes(bytes[..Math.Min(bytes.Length, Sample)].ToArray()).Detected;
        return detected is { Confidence: > 0.3f, Encoding: { } encoding } && encoding.CodePage != Encoding.ASCII.CodePage
            ? encoding
            : Encoding.GetEncoding(1252);
    }

    private static Encoding? Named(string? name)
    {
        try
        {
            return string.IsNullOrWhiteSpace(name) || name.Contains("utf-7", StringComparison.OrdinalIgnoreCase)
                ? null
                : Encoding.GetEncoding(name.Trim());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
