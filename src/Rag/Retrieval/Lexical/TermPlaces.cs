namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>
/// Where a term stands in a field: a <see cref="PostingList"/>, and where it stands in every eighth slot or more a bit for each slot, with a list of
/// the slots where it stands more than once. Bits are no larger, and are counted many at a time.
/// </summary>
internal struct TermPlaces
{
    private const int Dense = 8;
    private const int Sparse = 32;
    private const int FewPlaces = 256;

    private PostingList _list;
    private ulong[]? _bits;

    /// <summary>How many places were added and not forgotten.</summary>
    public int Count { get; private set; }

    /// <summary>A bit for each slot; null: <see cref="List"/> has all places.</summary>
    public readonly ReadOnlySpan<ulong> Bits => _bits;

    /// <summary>Whether there is a bit for each slot.</summary>
    public readonly bool IsDense => _bits is not null;

    /// <summary>All places, encoded; beside bits, those where the term stands more than once.</summary>
    public readonly ReadOnlySpan<byte> List => _list.Bytes;

    /// <summary>Bytes of memory held.</summary>
    public readonly long Capacity => _list.Capacity + ((_bits?.Length ?? 0) * 8L);

    /// <summary>Walks the places in ascending order.</summary>
    public readonly PlaceReader Read() => new(_bits, _list.Bytes);

    /// <summary>Adds a place behind all others.</summary>
    public void Add(int slot, int times)
    {
        Count++;
        if (_bits is null && Count >= FewPlaces && (long)Count * Dense > slot)
        {
            Thicken();
        }

        if (_bits is not null && slot / 64 >= _bits.Length)
        {
            Grow(slot);
        }

        if (_bits is not null)
        {
            _bits[slot / 64] |= 1ul << slot;
        }

        if (_bits is null || times > 1)
        {
            _list.Add(slot, times);
        }
    }

    /// <summary>Counts some places no longer; what they take of memory stays.</summary>
    public void Forget(int places) => Count -= places;

    // Where the term became rare since, all go back into a list.
    private void Grow(int slot)
    {
        if ((long)Count * Sparse > slot)
        {
            Array.Resize(ref _bits, (slot / 64) + 1 + (_bits!.Length / 8));
            return;
        }

        var list = default(PostingList);
        var reader = Read();
        while (reader.Next(out var place, out var times))
        {
            list.Add(place, times);
        }

        (_list, _bits) = (list, null);
    }

    private void Thicken()
    {
        var (bits, repeated) = (new ulong[FewPlaces], default(PostingList));
        var reader = Read();
        while (reader.Next(out var place, out var times))
        {
            if (place / 64 >= bits.Length)
            {
                Array.Resize(ref bits, (place / 64) + 1 + (bits.Length / 8));
            }

            bits[place / 64] |= 1ul << place;
            if (times > 1)
            {
                repeated.Add(place, times);
            }
        }

        (_list, _bits) = (repeated, bits);
    }
}
