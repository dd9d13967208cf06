using System.Numerics;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>Walks the places of <see cref="TermPlaces"/>. The walks that a search makes by the hundred look at bits and bytes themselves.</summary>
/// <param name="bits">A bit for each place; empty: the list has all.</param>
/// <param name="list">All places; beside bits those with more than one.</param>
internal ref struct PlaceReader(ReadOnlySpan<ulong> bits, ReadOnlySpan<byte> list)
{
    private readonly ReadOnlySpan<ulong> _bits = bits;
    private PostingReader _list = new(list);
    private ulong _left = bits.IsEmpty ? 0 : bits[0];
    private int _word;
    private int _repeated = -1;
    private int _repeatedTimes;

    /// <summary>Goes to the next place; false behind the last.</summary>
    /// <param name="place">Where the term stands.</param>
    /// <param name="times">How often.</param>
    public bool Next(out int place, out int times)
    {
        if (_bits.IsEmpty)
        {
            return _list.Next(out place, out times);
        }

        while (_left == 0)
        {
            if (++_word >= _bits.Length)
            {
                (place, times) = (0, 0);
                return false;
            }

            _left = _bits[_word];
        }

        place = (_word * 64) + BitOperations.TrailingZeroCount(_left);
        _left &= _left - 1;
        while (_repeated < place && _list.Next(out _repeated, out _repeatedTimes))
        {
        }

        times = _repeated == place ? _repeatedTimes : 1;
        return true;
    }
}
