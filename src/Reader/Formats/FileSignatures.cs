using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Tells a file's kind by its bytes.</summary>
internal static class FileSignatures
{
    private const int TarHeader = 512;

    /// <exception cref="UnreadableException">The file has no bytes.</exception>
    public static FileSignature Read(SourceFile file)
    {
        using var stream = file.Open();
        Span<byte> head = stackalloc byte[1024];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.IsEmpty)
        {
            throw new UnreadableException("empty", "The file has no content.");
        }

        var signature = Of(head);
        return signature == FileSignature.Compound && HoldsEncryptedPackage(stream) ? FileSignature.EncryptedCompound : signature;
    }

    /// <summary>Whether a text begins with lines that only e-mail begins with: stored messages often have no ending.</summary>
    public static bool IsMail(SourceFile file)
    {
        using var stream = file.Open();
        Span<byte> head = stackalloc byte[16];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head.StartsWith("Return-Path: "u8) || head.StartsWith("Received: "u8) || head.StartsWith("Delivered-To: "u8)
            || head.StartsWith("MIME-Version: "u8) || head.StartsWith("Message-ID: "u8);
    }

    /// <summary>Judges the first bytes of a file; give 1,024 where there are as many.</summary>
    public static FileSignature Of(ReadOnlySpan<byte> head) => head switch
    {
        [0x50, 0x4B, 3, 4, ..] or [0x50, 0x4B, 5, 6, ..] => FileSignature.Zip,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => FileSignature.Compound,
        [0x1F, 0x8B, ..] or [0x42, 0x5A, 0x68, >= 0x31 and <= 0x39, 0x31, 0x41, 0x59, ..] => FileSignature.Archive,
        [0x42, 0x5A, 0x68, >= 0x31 and <= 0x39, 0x17, 0x72, 0x45, ..] => FileSignature.Archive,
        [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, ..] or [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, ..] => FileSignature.Archive,
        [0x52, 0x61, 0x72, 0x21, 0x1A, 7, ..] => FileSignature.Archive,
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, ..] or [0xFF, 0xD8, 0xFF, ..] => FileSignature.Image,
        [0x49, 0x49, 0x2A, 0, ..] or [0x4D, 0x4D, 0, 0x2A, ..] => FileSignature.Image,
        [0x42, 0x4D, _, _, _, _, 0, 0, 0, 0, ..] => FileSignature.Image,
        _ when head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) => FileSignature.Image,
        _ when head.StartsWith("RIFF"u8) && head.Length > 12 && head[8..].StartsWith("WEBP"u8) => FileSignature.Image,
        _ when head.StartsWith("{\\rtf"u8) => FileSignature.Rtf,
        _ when head.IndexOf("%PDF-"u8) >= 0 && IsPdf(head) => FileSignature.Pdf,
        _ when IsTar(head) => FileSignature.Archive,
        _ => FileSignature.None,
    };

    // Readers accept the mark anywhere in the first 1,024 bytes, but a text may speak of it: there it stands behind letters.
    private static bool IsPdf(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("%PDF-"u8);
        return at == 0 || head[at - 1] is (byte)'\n' or (byte)'\r' or 0xBF or 0;
    }

    /// <summary>Old tars have no mark, but all have a checksum over the header with its own field as spaces.</summary>
    private static bool IsTar(ReadOnlySpan<byte> head)
    {
        if (head.Length < TarHeader)
        {
            return false;
        }

        var sum = 8 * 0x20;
        for (var i = 0; i < TarHeader; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : head[i];
        }

        var stored = 0;
        foreach (var digit in head.Slice(148, 8).Trim((byte)' '))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                break;
            }

            stored = (stored * 8) + digit - '0';
        }

        return sum == stored && sum > 8 * 0x20;
    }

    private static bool HoldsEncryptedPackage(FileStream stream)
    {
        var name = Encoding.Unicode.GetBytes("EncryptedPackage");
        var buffer = new byte[1 << 16];
        var kept = 0;
        stream.Position = 0;
        for (int read; (read = stream.Read(buffer, kept, buffer.Length - kept)) > 0;)
        {
            var filled = buffer.AsSpan(0, kept + read);
            if (filled.IndexOf(name) >= 0)
            {
                return true;
            }

            kept = Math.Min(filled.Length, name.Length);
            filled[^kept..].CopyTo(buffer);
        }

        return false;
    }
}
