namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>Walks the places of a <see cref="PostingList"/>. The walks that a search makes by the hundred read the bytes themselves: this is half as fast.</summary>
/// <param name="bytes">The encoded places.</param>
internal ref struct PostingReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _index;
    private int _place = -1;

    /// <summary>Goes to the next place; false behind the last.</summary>
    /// <param name="place">Where the term stands.</param>
    /// <param name="times">How often.</param>
    public bool Next(out int place, out int times)
    {
        if (_index >= _bytes.Length)
        {
            (place, times) = (0, 0);
            return false;
        }

        var head = Varint.Read(_bytes, ref _index);
        place = _place += (int)(head >> 1);
        times = (head & 1) != 0 ? 1 : (int)Varint.Read(_bytes, ref _index);
        return true;
    }
}
