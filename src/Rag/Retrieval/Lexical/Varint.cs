namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>Unsigned integers of seven bits a byte, low bits first, the high bit set on all bytes but the last.</summary>
internal static class Varint
{
    /// <summary>Most bytes of one integer.</summary>
    public const int Longest = 5;

    /// <summary>Bytes that an integer takes.</summary>
    public static int LengthOf(uint value)
    {
        var length = 1;
        while (value >= 0x80)
        {
            value >>= 7;
            length++;
        }

        return length;
    }

    /// <summary>Writes at the start; returns the bytes written.</summary>
    public static int Write(Span<byte> into, uint value)
    {
        var length = 0;
        while (value >= 0x80)
        {
            into[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        into[length++] = (byte)value;
        return length;
    }

    /// <summary>Reads at <paramref name="index"/> and moves it behind.</summary>
    public static uint Read(ReadOnlySpan<byte> from, ref int index)
    {
        uint value = from[index++];
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7f;
        for (var shift = 7; ; shift += 7)
        {
            uint next = from[index++];
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
