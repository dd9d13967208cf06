using System.Numerics.Tensors;
using Tessera.Inference.Static;

namespace Tessera.Training.Embedding;

/// <summary>Texts as the rows they touch and how much each counts: a matrix that is nearly all zeros, text by text.</summary>
internal sealed class SparseTexts
{
    private const int TextsAtOnce = 256;

    private SparseTexts(int[] starts, int[] rows, float[] weights)
    {
        Starts = starts;
        Rows = rows;
        Weights = weights;
    }

    public int Count => Starts.Length - 1;

    /// <summary>Where each text begins in the two lists, and where the last ends.</summary>
    public int[] Starts { get; }

    /// <summary>Rows of the table.</summary>
    public int[] Rows { get; }

    /// <summary>What each counts: 1 + ln(times in the text), and the row's rarity once <see cref="Weigh"/> has been called.</summary>
    public float[] Weights { get; }

    public static SparseTexts Read(IReadOnlyList<string> texts, WordTable words, EmbedderSettings settings, CancellationToken cancellationToken)
    {
        var read = new (int[] Rows, float[] Weights)[texts.Count];
        new Work(settings.Threads, cancellationToken).SplitRange(texts.Count, TextsAtOnce, (from, to) =>
        {
            var counter = new FeatureCounter(words, settings.Buckets, settings.SplitsIdentifiers);
            for (var i = from; i < to; i++)
            {
                counter.Read(texts[i]);
                var rows = counter.Rows.ToArray();
                read[i] = (rows, Array.ConvertAll(rows, counter.Weight));
            }
        });

        var starts = new int[texts.Count + 1];
        for (var i = 0; i < texts.Count; i++)
        {
            starts[i + 1] = checked(starts[i] + read[i].Rows.Length);
        }

        var all = new SparseTexts(starts, new int[starts[^1]], new float[starts[^1]]);
        for (var i = 0; i < texts.Count; i++)
        {
            read[i].Rows.CopyTo(all.Rows, starts[i]);
            read[i].Weights.CopyTo(all.Weights, starts[i]);
        }

        return all;
    }

    /// <summary>In how many of the first texts each row occurs.</summary>
    public int[] TextsWith(int rows, int texts)
    {
        var counts = new int[rows];
        foreach (var row in Rows.AsSpan(0, Starts[texts]))
        {
            counts[row]++;
        }

        return counts;
    }

    /// <summary>Multiplies every entry by its row's factor.</summary>
    public void Weigh(float[] factors)
    {
        for (var i = 0; i < Rows.Length; i++)
        {
            Weights[i] *= factors[Rows[i]];
        }
    }

    /// <summary>The first texts, each of length 1.</summary>
    public SparseTexts Normalized(int texts)
    {
        var end = Starts[texts];
        var weights = Weights[..end];
        for (var i = 0; i < texts; i++)
        {
            var text = weights.AsSpan(Starts[i]..Starts[i + 1]);
            if (TensorPrimitives.Norm<float>(text) is > 0 and var length)
            {
                TensorPrimitives.Divide(text, length, text);
            }
        }

        return new SparseTexts(Starts[..(texts + 1)], Rows[..end], weights);
    }

    /// <summary>The same matrix row by row of the table: each row's texts, ascending.</summary>
    public SparseTexts Transposed(int rows)
    {
        var starts = new int[rows + 1];
        foreach (var row in Rows)
        {
            starts[row + 1]++;
        }

        for (var i = 0; i < rows; i++)
        {
            starts[i + 1] += starts[i];
        }

        var next = starts[..rows];
        var turned = new SparseTexts(starts, new int[Rows.Length], new float[Rows.Length]);
        for (var text = 0; text < Count; text++)
        {
            for (var i = Starts[text]; i < Starts[text + 1]; i++)
            {
                var place = next[Rows[i]]++;
                turned.Rows[place] = text;
                turned.Weights[place] = Weights[i];
            }
        }

        return turned;
    }

    /// <summary>This matrix times a dense one.</summary>
    public void Multiply(DenseMatrix by, DenseMatrix product, int threads, CancellationToken cancellationToken) =>
        new Work(threads, cancellationToken).SplitRange(Count, TextsAtOnce, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                Sum(i, by, product[i]);
            }
        });

    /// <summary>The sum of a dense matrix's rows, weighed as one text touches them.</summary>
    public void Sum(int text, DenseMatrix of, Span<float> sum, HiddenEntries hidden = default)
    {
        sum.Clear();
        for (var i = Starts[text]; i < Starts[text + 1]; i++)
        {
            if (!hidden.Has(i))
            {
                TensorPrimitives.MultiplyAdd(of[Rows[i]], Weights[i], sum, sum);
            }
        }
    }
}
