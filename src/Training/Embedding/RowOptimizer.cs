using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Tessera.Training.Embedding;

/// <summary>
/// Adam on the rows that a batch touches, and on no others: a batch knows a few thousand of some fifty thousand rows, and what is not known
/// to be wrong stays as it is.
/// </summary>
internal sealed class RowOptimizer(EmbedderSettings settings, LearnedTable learned)
{
    private const float Momentum = 0.9f;
    private const float Memory = 0.999f;
    private const float Least = 1e-8f;
    private const int RowsAtOnce = 64;

    private readonly int[] counts = new int[learned.Table.Rows];
    private readonly List<int> touched = [];

    // Where each touched row's users lie in the two lists below, and where the last ends.
    private readonly List<int> starts = [];
    private int[] users = [];
    private float[] weights = [];

    /// <summary>Moves every touched row against its slope.</summary>
    /// <param name="batch">Has measured.</param>
    /// <param name="texts">The texts that the batch speaks of.</param>
    /// <param name="rate">How far.</param>
    /// <param name="cancellationToken">A step that was begun is half done when this fires: the table is then worthless.</param>
    public void Step(PairBatch batch, SparseTexts texts, float rate, CancellationToken cancellationToken)
    {
        Turn(batch, texts);
        learned.Steps++;
        var scaled = rate / (1 - MathF.Pow(Momentum, learned.Steps));
        var spread = 1 / (1 - MathF.Pow(Memory, learned.Steps));
        new Work(settings.Threads, cancellationToken).SplitRange(touched.Count, RowsAtOnce, (from, to) =>
        {
            var slope = new float[settings.Dimensions];
            for (var i = from; i < to; i++)
            {
                Array.Clear(slope);
                for (var user = starts[i]; user < starts[i + 1]; user++)
                {
                    TensorPrimitives.MultiplyAdd(batch.Slopes[users[user]], weights[user], slope, slope);
                }

                Move(touched[i], slope, scaled, spread);
            }
        });
    }

    // From "text, its rows" to "row, its texts", in an order that is always the same.
    private void Turn(PairBatch batch, SparseTexts texts)
    {
        touched.Clear();
        starts.Clear();
        var total = 0;
        for (var place = 0; place < batch.Count; place++)
        {
            foreach (var row in RowsOf(batch.Text(place), texts))
            {
                if (counts[row]++ == 0)
                {
                    touched.Add(row);
                }
            }
        }

        foreach (var row in touched)
        {
            starts.Add(total);
            (counts[row], total) = (total, total + counts[row]);
        }

        starts.Add(total);
        if (users.Length < total)
        {
            users = new int[total * 5 / 4];
            weights = new float[total * 5 / 4];
        }

        for (var place = 0; place < batch.Count; place++)
        {
            var text = batch.Text(place);
            for (var i = texts.Starts[text]; i < texts.Starts[text + 1]; i++)
            {
                var slot = counts[texts.Rows[i]]++;
                users[slot] = place;
                weights[slot] = batch.Hidden.Has(i) ? 0 : texts.Weights[i];
            }
        }

        foreach (var row in touched)
        {
            counts[row] = 0;
        }
    }

    private static ReadOnlySpan<int> RowsOf(int text, SparseTexts texts) => texts.Rows.AsSpan(texts.Starts[text]..texts.Starts[text + 1]);

    private void Move(int row, float[] slope, float rate, float spread)
    {
        var slopes = MemoryMarshal.Cast<float, Vector<float>>(slope);
        var values = MemoryMarshal.Cast<float, Vector<float>>(learned.Table[row]);
        var means = MemoryMarshal.Cast<float, Vector<float>>(learned.Means[row]);
        var squares = MemoryMarshal.Cast<float, Vector<float>>(learned.Squares[row]);
        for (var i = 0; i < slopes.Length; i++)
        {
            means[i] = (means[i] * Momentum) + (slopes[i] * (1 - Momentum));
            squares[i] = (squares[i] * Memory) + (slopes[i] * slopes[i] * (1 - Memory));
            values[i] -= means[i] * rate / (Vector.SquareRoot(squares[i] * spread) + new Vector<float>(Least));
        }
    }
}
