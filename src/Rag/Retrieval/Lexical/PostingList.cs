namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>
/// Where a term stands and how often, in ascending order: gap shifted by one, the low bit set where it stands once; else the count
/// follows; both as variable-length integers. The gap of the first is its position plus one.
/// </summary>
internal struct PostingList
{
    private byte[] _bytes;
    private int _length;
    private int _last;

    /// <summary>How many places were added and not forgotten.</summary>
    public int Count { get; private set; }

    /// <summary>The encoded places.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Bytes of memory held.</summary>
    public readonly int Capacity => _bytes?.Length ?? 0;

    /// <summary>Adds up how often it stands in each group of places.</summary>
    /// <param name="times">A sum for each group.</param>
    /// <param name="groups">Each place's group.</param>
    public readonly void AddTo(int[] times, int[] groups)
    {
        var bytes = Bytes;
        var position = -1;
        for (var index = 0; index < bytes.Length;)
        {
            var head = Varint.Read(bytes, ref index);
            position += (int)(head >> 1);
            times[groups[position]] += (head & 1) != 0 ? 1 : (int)Varint.Read(bytes, ref index);
        }
    }

    /// <summary>Adds a place behind all others.</summary>
    public void Add(int position, int times)
    {
        // A fresh list is all zero: its last place is the one before 0.
        var gap = (uint)(position + 1 - _last);
        _last = position + 1;
        Count++;
        if (_bytes is null || _bytes.Length - _length < 2 * Varint.Longest)
        {
            Reserve(Varint.LengthOf((gap << 1) | 1) + (times == 1 ? 0 : Varint.LengthOf((uint)times)));
        }

        var free = _bytes.AsSpan(_length);
        var written = Varint.Write(free, (gap << 1) | (times == 1 ? 1u : 0u));
        if (times != 1)
        {
            written += Varint.Write(free[written..], (uint)times);
        }

        _length += written;
    }

    /// <summary>Counts some places no longer; their bytes stay.</summary>
    public void Forget(int places) => Count -= places;

    private void Reserve(int more)
    {
        if (_bytes is null)
        {
            _bytes = new byte[Math.Max(4, more)];
        }
        else if (_length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + more, _bytes.Length + (_bytes.Length / 2) + 4));
        }
    }
}
