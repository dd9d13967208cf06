using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>
/// The terms of one field of one revision of one document, chunk by chunk; places are chunk numbers within the document.
/// </summary>
internal sealed class RevisionTerms
{
    private readonly Dictionary<ulong, PostingList> _terms = [];
    private readonly List<int> _lengths = [];

    /// <summary>Adds the next chunk's terms; their order is lost.</summary>
    public void Add(Span<ulong> keys)
    {
        keys.Sort();
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start]; end++)
            {
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_terms, keys[start], out _).Add(_lengths.Count, end - start);
        }

        _lengths.Add(keys.Length);
    }

    /// <summary>The bytes that <see cref="RevisionTermsReader"/> reads.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Span<byte> buffer = stackalloc byte[8];
        Write(stream, buffer, (uint)_lengths.Count);
        foreach (var length in _lengths)
        {
            Write(stream, buffer, (uint)length);
        }

        foreach (var (key, list) in _terms)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, key);
            stream.Write(buffer);
            Write(stream, buffer, (uint)list.Count);
            stream.Write(list.Bytes);
        }

        return stream.ToArray();
    }

    private static void Write(MemoryStream stream, Span<byte> buffer, uint value) =>
        stream.Write(buffer[..Varint.Write(buffer, value)]);
}
