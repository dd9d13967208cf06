using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tessera.Reader.Protocol;

/// <summary>Messages on a pipe: four bytes of length (little endian), then that many bytes of UTF-8 JSON.</summary>
internal static class Frames
{
    /// <summary>Longer frames are an error: no peer can make the other allocate without bound.</summary>
    public const int MaximumLength = 32 << 20;

    public static void Write<T>(Stream stream, T message, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, type);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        stream.Write(length);
        stream.Write(json);
    }

    /// <summary>The next message, or null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The peer does not speak this protocol.</exception>
    public static async Task<T?> ReadAsync<T>(Stream stream, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var head = new byte[sizeof(int)];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < head.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 2 or > MaximumLength)
        {
            throw new InvalidDataException("The frame's length is impossible.");
        }

        var json = new byte[length];
        if (await stream.ReadAtLeastAsync(json, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < length)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException("The frame is null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new InvalidDataException("The frame is not a message of the protocol.", e);
        }
    }
}
