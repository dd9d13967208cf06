using System.Buffers;
using Tessera.Reader.Formats;

namespace Tessera.Reader.Pdf;

/// <summary>
/// Refuses files whose objects nest more deeply than a recursive parser bears: counted over the bare bytes, before any parser.
/// Streams are passed over, for their bytes mean nothing here.
/// </summary>
internal static class PdfNesting
{
    private const int Deepest = 1000;

    private static readonly SearchValues<byte> Telling = SearchValues.Create("[]<>se"u8);

    /// <exception cref="UnreadableException">too-deep.</exception>
    public static void Check(ReadOnlySpan<byte> bytes)
    {
        var depth = 0;
        while (bytes.IndexOfAny(Telling) is var next and >= 0)
        {
            bytes = bytes[next..];
            var used = 1;
            switch (bytes[0])
            {
                case (byte)'[':
                    depth++;
                    break;
                case (byte)'<' when bytes.StartsWith("<<"u8):
                    (depth, used) = (depth + 1, 2);
                    break;
                case (byte)']':
                    depth--;
                    break;
                case (byte)'>' when bytes.StartsWith(">>"u8):
                    (depth, used) = (depth - 1, 2);
                    break;
                case (byte)'s' when bytes.StartsWith("stream"u8):
                    used = bytes.IndexOf("endstream"u8) is var end and > 0 ? end + "endstream".Length : bytes.Length;
                    break;
                case (byte)'e' when bytes.StartsWith("endobj"u8):
                    depth = 0;
                    break;
            }

            if (depth > Deepest)
            {
                throw new UnreadableException("too-deep", "The PDF nests too deeply to be read. Print it to a new PDF and upload that.");
            }

            bytes = bytes[used..];
        }
    }
}
