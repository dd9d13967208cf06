using System.Numerics.Tensors;

namespace Tessera.Training.Embedding;

/// <summary>
/// One batch of pairs: each left text must find its right one among all of the batch, and each right one its left. Gives how far a batch is
/// from that, and which way each text's vector should move. Kept and used again.
/// </summary>
internal sealed class PairBatch(EmbedderSettings settings)
{
    private const int TextsAtOnce = 16;

    private readonly DenseMatrix units = new(2 * settings.Batch, settings.Dimensions);
    private readonly float[] lengths = new float[2 * settings.Batch];
    private readonly float[] logits = new float[settings.Batch * settings.Batch];
    private readonly float[] pulls = new float[settings.Batch * settings.Batch];
    private readonly double[] losses = new double[2 * settings.Batch];
    private TextPair[] pairs = [];

    /// <summary>Texts of the batch: the left ones, then the right ones.</summary>
    public int Count => 2 * pairs.Length;

    /// <summary>What of the texts was not seen when they were measured.</summary>
    public HiddenEntries Hidden { get; private set; }

    /// <summary>Slope of the loss at each text's vector before it is brought to length 1.</summary>
    public DenseMatrix Slopes { get; } = new(2 * settings.Batch, settings.Dimensions);

    /// <summary>Which text stands at that place.</summary>
    public int Text(int place) => place < pairs.Length ? pairs[place].Left : pairs[place - pairs.Length].Right;

    /// <summary>Computes the slopes and gives the loss, averaged over pairs and both ways.</summary>
    public double Measure(TextPair[] batch, SparseTexts texts, DenseMatrix table, HiddenEntries hidden, CancellationToken cancellationToken)
    {
        (pairs, Hidden) = (batch, hidden);
        Split(Count, place => Read(place, texts, table), cancellationToken);
        Split(pairs.Length, Compare, cancellationToken);
        Split(pairs.Length, Choose, cancellationToken);
        Split(pairs.Length, ChooseBack, cancellationToken);
        Split(Count, Pull, cancellationToken);
        return losses.AsSpan(0, Count).ToArray().Sum() / Count;
    }

    private void Split(int count, Action<int> one, CancellationToken cancellationToken) =>
        new Work(settings.Threads, cancellationToken).SplitRange(count, TextsAtOnce, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                one(i);
            }
        });

    private void Read(int place, SparseTexts texts, DenseMatrix table)
    {
        var unit = units[place];
        texts.Sum(Text(place), table, unit, Hidden);
        lengths[place] = TensorPrimitives.Norm<float>(unit);
        if (lengths[place] > 0)
        {
            TensorPrimitives.Divide(unit, lengths[place], unit);
        }
    }

    private Span<float> Row(float[] square, int row) => square.AsSpan(row * pairs.Length, pairs.Length);

    private void Compare(int left)
    {
        var row = Row(logits, left);
        for (var right = 0; right < row.Length; right++)
        {
            row[right] = IsOther(left, right)
                ? TensorPrimitives.Dot(units[left], units[pairs.Length + right]) / settings.Temperature
                : float.NegativeInfinity;
        }
    }

    // The same question asked of another document, or another question with the same answer, is no wrong pair.
    private bool IsOther(int left, int right)
    {
        var (a, b) = (pairs[left], pairs[right]);
        return left == right || (a.Left != b.Left && a.Right != b.Right && a.Left != b.Right);
    }

    private void Choose(int left)
    {
        var shares = Row(pulls, left);
        losses[left] = Softmax(Row(logits, left), shares, left);
    }

    private void ChooseBack(int right)
    {
        Span<float> column = stackalloc float[pairs.Length];
        Span<float> shares = stackalloc float[pairs.Length];
        for (var left = 0; left < column.Length; left++)
        {
            column[left] = logits[(left * pairs.Length) + right];
        }

        losses[pairs.Length + right] = Softmax(column, shares, right);
        for (var left = 0; left < column.Length; left++)
        {
            // Each column is written by one thread only, after all rows were.
            pulls[(left * pairs.Length) + right] += shares[left];
        }
    }

    private static double Softmax(ReadOnlySpan<float> values, Span<float> shares, int wanted)
    {
        var greatest = TensorPrimitives.Max(values);
        TensorPrimitives.Subtract(values, greatest, shares);
        TensorPrimitives.Exp<float>(shares, shares);
        var sum = TensorPrimitives.Sum<float>(shares);
        TensorPrimitives.Divide(shares, sum, shares);
        shares[wanted] -= 1;
        return MathF.Log(sum) - (values[wanted] - greatest);
    }

    private void Pull(int place)
    {
        var slope = Slopes[place];
        slope.Clear();
        var isLeft = place < pairs.Length;
        for (var other = 0; other < pairs.Length; other++)
        {
            var pull = isLeft ? pulls[(place * pairs.Length) + other] : pulls[(other * pairs.Length) + place - pairs.Length];
            TensorPrimitives.MultiplyAdd(units[isLeft ? pairs.Length + other : other], pull, slope, slope);
        }

        // Only what turns the vector counts: its length is not seen by likeness.
        var unit = units[place];
        TensorPrimitives.MultiplyAdd(unit, -TensorPrimitives.Dot<float>(unit, slope), slope, slope);
        TensorPrimitives.Multiply(slope, lengths[place] > 0 ? 1 / (lengths[place] * Count * settings.Temperature) : 0, slope);
    }
}
