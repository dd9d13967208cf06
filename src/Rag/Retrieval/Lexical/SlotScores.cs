using System.Buffers;
using System.Numerics.Tensors;
using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>A score for each slot of one search; every posting of every term is counted, so that no chunk is missed.</summary>
internal readonly struct SlotScores : IDisposable
{
    // Shares of a mean's square: below the first, sums of floats are too coarse for a variance; below the second, scores differ by next to nothing.
    private const float Coarse = 1e-2f;
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

    /// <summary>Adds ln(1 + scale · x / mean of x) where x is what was promised, by the slot's length.</summary>
    /// <param name="promised">What was promised; overwritten.</param>
    /// <param name="shares">What each slot's promises are multiplied by; 0 where it is not seen.</param>
    /// <param name="scale">How much promises count.</param>
    /// <param name="seen">How many slots are seen.</param>
    public void AddPromised(SlotScores promised, ReadOnlySpan<float> shares, float scale, int seen)
    {
        var values = promised.Values;
        TensorPrimitives.Multiply(values, shares, values);
        var total = TensorPrimitives.Sum<float>(values);
        if (total > 0)
        {
            TensorPrimitives.Multiply(values, scale * seen / total, values);
            TensorPrimitives.LogP1(values, values);
            TensorPrimitives.Add(Values, values, Values);
        }
    }

    /// <summary>The same, times a weight, for what one word alone promises: only where it stands.</summary>
    /// <param name="postings">The word's.</param>
    /// <param name="shares">As above.</param>
    /// <param name="scale">As above.</param>
    /// <param name="seen">As above.</param>
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

    /// <summary>Adds another's scores, each times a factor.</summary>
    public void AddScaled(SlotScores other, float factor) => TensorPrimitives.MultiplyAddEstimate(other.Values, factor, Values, Values);

    /// <summary>How far the scores of so many slots lie from their mean, where all others are 0; 1 where they differ by a thousandth of it at most.</summary>
    public float Deviation(float count)
    {
        var mean = TensorPrimitives.Sum<float>(Values) / count;
        var variance = (TensorPrimitives.SumOfSquares<float>(Values) / count) - (mean * mean);
        return variance > Coarse * mean * mean ? MathF.Sqrt(variance) : ExactDeviation(count);
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

    public void Clear() => Values.Clear();

    public void Dispose() => ArrayPool<float>.Shared.Return(_scores);
}
