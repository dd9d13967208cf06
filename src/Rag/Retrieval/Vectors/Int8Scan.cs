using System.Numerics.Tensors;

namespace Tessera.Rag.Retrieval.Vectors;

/// <summary>
/// How like vectors are to a question's, by looking at all of them as bytes: a quarter of the memory and a tenth of the time of the numbers
/// themselves. Any number of readers, or one writer: whoever owns it sees to that.
/// </summary>
/// <param name="dimensions">Width of a vector.</param>
internal sealed class Int8Scan(int dimensions)
{
    private const int SlotsInBlock = 4_096;
    private const int MostByte = 127;

    private readonly int stride = (dimensions + Int8Dot.Step - 1) / Int8Dot.Step * Int8Dot.Step;
    private readonly List<Block> blocks = [];

    /// <summary>Width of a vector.</summary>
    public int Dimensions => dimensions;

    /// <summary>Slots given so far.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory held, about.</summary>
    public long Size => blocks.Count * SlotsInBlock * (stride + 8L);

    /// <summary>Takes a vector in at the next slot: 0, 1, 2 and so on. An empty one is like nothing.</summary>
    public void Add(ReadOnlySpan<float> vector)
    {
        if (Count % SlotsInBlock == 0)
        {
            blocks.Add(new Block(stride));
        }

        var (block, at) = (blocks[^1], Count++ % SlotsInBlock);
        if (!vector.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(vector.Length, dimensions);
            block.Scales[at] = Quantize(vector, block.Row(at));
            block.Sums[at] = Sum(block.Row(at));
        }
    }

    /// <summary>For each slot the dot product with the question, but for the rounding; never below 0.</summary>
    /// <param name="question">A vector of the same width.</param>
    /// <param name="likeness">Takes a number a slot.</param>
    public void Score(ReadOnlySpan<float> question, Span<float> likeness)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(question.Length, dimensions);
        var bytes = new sbyte[stride];
        var scale = Quantize(question, bytes);
        var lifted = Int8Dot.HasLifted ? Int8Dot.Lift128(bytes) : [];
        for (var slot = 0; slot < Count; slot++)
        {
            var (block, at) = (blocks[slot / SlotsInBlock], slot % SlotsInBlock);
            var row = block.Row(at);
            var product = lifted.Length > 0 ? Int8Dot.Lifted(lifted, row, block.Sums[at]) : Int8Dot.Portable(bytes, row);
            likeness[slot] = Math.Max(0, scale * block.Scales[at] * product);
        }
    }

    private static float Quantize(ReadOnlySpan<float> vector, Span<sbyte> bytes)
    {
        var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(vector)) / MostByte;
        for (var i = 0; i < vector.Length; i++)
        {
            bytes[i] = scale > 0 ? (sbyte)Math.Clamp(MathF.Round(vector[i] / scale), -MostByte, MostByte) : (sbyte)0;
        }

        return scale;
    }

    private static int Sum(ReadOnlySpan<sbyte> bytes)
    {
        var sum = 0;
        foreach (var x in bytes)
        {
            sum += x;
        }

        return sum;
    }

    private sealed class Block(int stride)
    {
        private readonly sbyte[] rows = new sbyte[SlotsInBlock * stride];

        public float[] Scales { get; } = new float[SlotsInBlock];

        public int[] Sums { get; } = new int[SlotsInBlock];

        public Span<sbyte> Row(int at) => rows.AsSpan(at * stride, stride);
    }
}
