using System.Text;

namespace Tessera.Inference.Llama.Chat;

/// <summary>Bytes as they come → text of whole characters. For one reply.</summary>
internal sealed class Utf8Pieces
{
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();

    /// <summary>The characters that are whole now; half of one is held back.</summary>
    public string Add(ReadOnlySpan<byte> bytes) => Decode(bytes, flush: false);

    /// <summary>What was held back; a broken character becomes U+FFFD.</summary>
    public string Finish() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> room = stackalloc char[bytes.Length + 4];
        var count = decoder.GetChars(bytes, room, flush);
        return count == 0 ? "" : new string(room[..count]);
    }
}
