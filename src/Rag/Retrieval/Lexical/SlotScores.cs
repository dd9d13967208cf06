using System.Buffers;
using System.Numerics.Tensors;
using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>A score for each slot of one search; every posting of every term is counted, so that no chunk is missed.</summary>
internal sealed class SlotScores : IDisposable
{
    /// <summary>Where there is much to do for each slot, less than twice so many are worked on at once: they stay in the processor's own memory.</summary>
    public const int Block = 2048;

    // Shares of a mean's square: below the first, sums of floats are too coarse for a variance; below the second, scores differ by next to nothing.
    private const double Coarse = 1e-2;
    private const double Nothing = 1e-6;

    private readonly float[] _scores;
    private readonly int _slots;

    public SlotScores(int slots)
    {
        _slots = slots;
        _scores = ArrayPool<float>.Shared.Rent(slots);
        _scores.AsSpan(0, slots).Clear();
    }

    /// <summary>One a slot.</summary>
    public Span<float> Values => _scores.AsSpan(0, _slots);

    /// <summary>A slot's score.</summary>
    public float this[int slot] => _scores[slot];

    /// <summary>How many slots are worked on at once from one on. The last are not few: by few numbers a logarithm is rounded in another way.</summary>
    public int CountAt(int first) => _slots - first < 2 * Block ? _slots - first : Block;

    /// <summary>Adds what a term is worth to each slot it stands in.</summary>
    public void Add(ReadOnlySpan<byte> postings, float worth, (float Fixed, float PerTerm) norm, int[] lengths)
    {
        var scores = _scores;
        var slot = -1;
        for (var index = 0; index < postings.Length;)
        {
            var head = Varint.Read(postings, ref index);
            slot += (int)(head >> 1);
            var times = (head & 1) != 0 ? 1f : Varint.Read(postings, ref index);
            scores[slot] += worth * times / (times + norm.Fixed + (norm.PerTerm * lengths[slot]));
        }
    }

    /// <summary>Adds what a word promises to each slot it stands in, before the slot's length counts.</summary>
    public void AddMasses(ReadOnlySpan<byte> postings, float weight)
    {
        var scores = _scores;
        var slot = -1;
        for (var index = 0; index < postings.Length;)
        {
            var head = Varint.Read(postings, ref index);
            slot += (int)(head >> 1);
            scores[slot] += (head & 1) != 0 ? weight : weight * PassageShare.Mass((int)Varint.Read(postings, ref index));
        }
    }

    /// <summary>
    /// Multiplies by 1 + scale · x / mean of x where x is what was promised, by the slot's length. The logarithm of the product is the sum of what
    /// many words promise, and costs as much as that of one.
    /// </summary>
    /// <param name="promised">What was promised; cleared.</param>
    /// <param name="shares">What each slot's promises are multiplied by; 0 where it is not seen.</param>
    /// <param name="scale">How much promises count.</param>
    /// <param name="seen">How many slots are seen.</param>
    public void MultiplyByPromised(SlotScores promised, ReadOnlySpan<float> shares, float scale, int seen)
    {
        var total = TensorPrimitives.Dot(promised.Values, shares);
        var factor = total > 0 ? scale * seen / total : 0;
        for (var first = 0; first < _slots; first += CountAt(first))
        {
            var count = CountAt(first);
            var values = promised.Values.Slice(first, count);
            var product = Values.Slice(first, count);
            TensorPrimitives.Multiply(values, shares.Slice(first, count), values);
            TensorPrimitives.Multiply(values, factor, values);
            TensorPrimitives.MultiplyAdd(values, product, product, product);
            values.Clear();
        }
    }

    /// <summary>Adds the logarithm of a product, which becomes 1 everywhere.</summary>
    public void AddLog(SlotScores product)
    {
        for (var first = 0; first < _slots; first += CountAt(first))
        {
            var count = CountAt(first);
            var values = product.Values.Slice(first, count);
            var scores = Values.Slice(first, count);
            TensorPrimitives.Log(values, values);
            TensorPrimitives.Add(scores, values, scores);
            values.Fill(1);
        }
    }

    /// <summary>Adds ln(1 + scale · x / mean of x), times a weight, for what one word alone promises: only where it stands.</summary>
    /// <param name="postings">The word's.</param>
    /// <param name="shares">What each slot's promises are multiplied by; 0 where it is not seen.</param>
    /// <param name="scale">How much promises count.</param>
    /// <param name="seen">How many slots are seen.</param>
    /// <param name="weight">What the word counts.</param>
    public void AddPromised(ReadOnlySpan<byte> postings, ReadOnlySpan<float> shares, float scale, int seen, float weight)
    {
        var total = 0f;
        var reader = new PostingReader(postings);
        while (reader.Next(out var slot, out var times))
        {
            total += PassageShare.Mass(times) * shares[slot];
        }

        if (total <= 0)
        {
            return;
        }

        var (scores, factor) = (_scores, scale * seen / total);
        reader = new PostingReader(postings);
        while (reader.Next(out var slot, out var times))
        {
            scores[slot] += weight * MathF.Log(1 + (factor * PassageShare.Mass(times) * shares[slot]));
        }
    }

    /// <summary>Multiplies each slot's score by another's.</summary>
    public void MultiplyBy(SlotScores other) => TensorPrimitives.Multiply(Values, other.Values, Values);

    /// <summary>How far the scores of so many slots lie from their mean, where all others are 0; 1 where they differ by a thousandth of it at most.</summary>
    public float Deviation(double count)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var first = 0; first < _slots; first += CountAt(first))
        {
            var values = Values.Slice(first, CountAt(first));
            (sum, squares) = (sum + TensorPrimitives.Sum<float>(values), squares + TensorPrimitives.SumOfSquares<float>(values));
        }

        var mean = sum / count;
        var variance = (squares / count) - (mean * mean);
        return variance > Coarse * mean * mean ? (float)Math.Sqrt(variance) : ExactDeviation(count);
    }

    private float ExactDeviation(double count)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (double score in Values)
        {
            (sum, squares) = (sum + score, squares + (score * score));
        }

        var mean = sum / count;
        var variance = (squares / count) - (mean * mean);
        return variance > Math.Max(1e-9, Nothing * mean * mean) ? (float)Math.Sqrt(variance) : 1;
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_scores);
}
