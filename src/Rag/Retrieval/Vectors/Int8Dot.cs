using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tessera.Rag.Retrieval.Vectors;

/// <summary>Dot products of bytes -127 to 127; every way gives the same whole number.</summary>
internal static class Int8Dot
{
    /// <summary>Bytes that are taken at once: lengths are multiples of it.</summary>
    public const int Step = 32;

    // The instruction takes unsigned bytes on its left: so much is added to each, and taken off again with the right side's sum.
    private const int Lift = 128;

    /// <summary>Whether <see cref="Lifted"/> can be called here.</summary>
    public static bool HasLifted => AvxVnni.IsSupported;

    /// <summary>A question's bytes as <see cref="Lifted"/> takes them.</summary>
    public static byte[] Lift128(ReadOnlySpan<sbyte> bytes)
    {
        var lifted = new byte[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            lifted[i] = (byte)(bytes[i] + Lift);
        }

        return lifted;
    }

    /// <summary>By the one instruction that newer processors have for it.</summary>
    /// <param name="left">Lifted.</param>
    /// <param name="right">As it is.</param>
    /// <param name="rightSum">Sum of the right side's bytes.</param>
    public static int Lifted(ReadOnlySpan<byte> left, ReadOnlySpan<sbyte> right, int rightSum)
    {
        var sum = Vector256<int>.Zero;
        for (var i = 0; i < right.Length; i += Step)
        {
            sum = AvxVnni.MultiplyWideningAndAdd(sum, Vector256.Create(left.Slice(i, Step)), Vector256.Create(right.Slice(i, Step)));
        }

        return Vector256.Sum(sum) - (Lift * rightSum);
    }

    /// <summary>On any processor.</summary>
    public static int Portable(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        var sum = Vector256<int>.Zero;
        for (var i = 0; i < right.Length; i += Step)
        {
            var (a, b) = Vector256.Widen(Vector256.Create(left.Slice(i, Step)));
            var (c, d) = Vector256.Widen(Vector256.Create(right.Slice(i, Step)));

            // Two products of at most 127 * 127 just fit into 16 bits.
            var (low, high) = Vector256.Widen((a * c) + (b * d));
            sum += low + high;
        }

        return Vector256.Sum(sum);
    }
}
