namespace Tessera.Reader.Archives;

/// <summary>The checksum of zip entries (polynomial EDB88320): the framework's zip reader does not check it.</summary>
internal struct Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(x => Entry((uint)x))];

    private uint _state = uint.MaxValue;

    public Crc32()
    {
    }

    public readonly uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            _state = Table[(byte)(_state ^ b)] ^ (_state >> 8);
        }
    }

    private static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
        }

        return value;
    }
}
