using System.Buffers.Binary;

namespace Tessera.Host.Plugins.Packages;

/// <summary>The check sum that the zip format asks for. It guards nothing here: hashes and the signature do.</summary>
internal static class Crc32
{
    private const int Step = 8;

    // Row n is what a byte does that n more follow, so that eight are taken at once.
    private static readonly uint[][] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        var t = Tables;
        for (; bytes.Length >= Step; bytes = bytes[Step..])
        {
            var (low, high) = (BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ sum, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
            sum = t[7][(byte)low] ^ t[6][(byte)(low >> 8)] ^ t[5][(byte)(low >> 16)] ^ t[4][low >> 24]
                ^ t[3][(byte)high] ^ t[2][(byte)(high >> 8)] ^ t[1][(byte)(high >> 16)] ^ t[0][high >> 24];
        }

        foreach (var value in bytes)
        {
            sum = t[0][(byte)(sum ^ value)] ^ (sum >> 8);
        }

        return ~sum;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[Step][];
        tables[0] = [.. Enumerable.Range(0, 256).Select(index => Entry((uint)index))];
        for (var row = 1; row < Step; row++)
        {
            tables[row] = [.. tables[row - 1].Select(sum => tables[0][(byte)sum] ^ (sum >> 8))];
        }

        return tables;
    }

    private static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        }

        return value;
    }
}
