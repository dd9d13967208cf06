using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tessera.Inference.Static;

/// <summary>Rows of bytes and the number that each byte is worth.</summary>
internal static class QuantizedRow
{
    private const int Most = 127;

    /// <summary>Rounds a row to bytes and gives what one of them is worth: zero for a row of zeros.</summary>
    public static float Quantize(ReadOnlySpan<float> row, Span<sbyte> bytes)
    {
        var scale = TensorPrimitives.MaxMagnitude(row) is var largest && largest != 0 ? MathF.Abs(largest) / Most : 0;
        for (var i = 0; i < row.Length; i++)
        {
            bytes[i] = scale > 0 ? (sbyte)Math.Clamp(MathF.Round(row[i] / scale), -Most, Most) : (sbyte)0;
        }

        return scale;
    }

    /// <summary>Adds a row, times a factor, to a sum of the same width, which is a multiple of 16.</summary>
    // Optimised at its first call: on a single busy core the runtime takes seconds to find out that this is where the time goes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(Span<float> sum, ReadOnlySpan<sbyte> row, float factor)
    {
        var (wide, half, quarter) = (Vector512.Create(factor), Vector256.Create(factor), Vector128.Create(factor));
        for (var i = 0; i < sum.Length; i += 16)
        {
            var bytes = Vector128.Create(row.Slice(i, 16));
            var part = sum.Slice(i, 16);
            if (Avx512F.IsSupported)
            {
                Vector512.MultiplyAddEstimate(Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(bytes)), wide, Vector512.Create(part)).CopyTo(part);
            }
            else if (Avx2.IsSupported)
            {
                var (low, high) = (Avx2.ConvertToVector256Int32(bytes), Avx2.ConvertToVector256Int32(Vector128.Create(bytes.GetUpper(), bytes.GetUpper())));
                Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(low), half, Vector256.Create(part)).CopyTo(part);
                Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(high), half, Vector256.Create(part[8..])).CopyTo(part[8..]);
            }
            else
            {
                var (low, high) = Vector128.Widen(bytes);
                var ((a, b), (c, d)) = (Vector128.Widen(low), Vector128.Widen(high));
                Vector128.MultiplyAddEstimate(Vector128.ConvertToSingle(a), quarter, Vector128.Create(part)).CopyTo(part);
                Vector128.MultiplyAddEstimate(Vector128.ConvertToSingle(b), quarter, Vector128.Create(part[4..])).CopyTo(part[4..]);
                Vector128.MultiplyAddEstimate(Vector128.ConvertToSingle(c), quarter, Vector128.Create(part[8..])).CopyTo(part[8..]);
                Vector128.MultiplyAddEstimate(Vector128.ConvertToSingle(d), quarter, Vector128.Create(part[12..])).CopyTo(part[12..]);
            }
        }
    }
}
