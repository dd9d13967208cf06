using System.Buffers.Binary;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>Reads what <see cref="RevisionTerms.ToBytes"/> wrote, in order: the lengths, then each term with its places.</summary>
internal ref struct RevisionTermsReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _index;
    private int _places;
    private int _last;

    public RevisionTermsReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        Lengths = new int[Varint.Read(bytes, ref _index)];
        for (var i = 0; i < Lengths.Length; i++)
        {
            Lengths[i] = (int)Varint.Read(bytes, ref _index);
        }
    }

    /// <summary>Terms in each chunk.</summary>
    public int[] Lengths { get; }

    /// <summary>The next term and in how many chunks it stands; its places must all be read before the next.</summary>
    public bool NextTerm(out ulong key, out int count)
    {
        if (_index == _bytes.Length)
        {
            (key, count) = (0, 0);
            return false;
        }

        key = BinaryPrimitives.ReadUInt64LittleEndian(_bytes[_index..]);
        _index += sizeof(ulong);
        count = _places = (int)Varint.Read(_bytes, ref _index);
        _last = -1;
        return true;
    }

    /// <summary>The next chunk that holds the term, and how often.</summary>
    public bool NextPlace(out int chunk, out int times)
    {
        if (_places == 0)
        {
            (chunk, times) = (0, 0);
            return false;
        }

        _places--;
        var head = Varint.Read(_bytes, ref _index);
        chunk = _last += (int)(head >> 1);
        times = (head & 1) != 0 ? 1 : (int)Varint.Read(_bytes, ref _index);
        return true;
    }
}
