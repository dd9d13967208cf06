using System.Numerics.Tensors;

namespace Tessera.Training.Embedding;

/// <summary>Turns the columns of a tall matrix into ones of length 1 at right angles to each other, which span the same.</summary>
internal static class Orthonormal
{
    private const int RowsAtOnce = 1_024;

    // Below this share of the greatest, what is left of a column is rounding: the texts have no further direction.
    private const double Negligible = 1e-6;

    /// <summary>In place. A column that the others already span becomes zero.</summary>
    public static void Make(DenseMatrix matrix, int threads, CancellationToken cancellationToken)
    {
        // Twice: the first pass squares the columns' likeness and loses digits by that, the second starts from nearly right angles.
        for (var pass = 0; pass < 2; pass++)
        {
            var inverse = InverseFactor(Gram(matrix, threads, cancellationToken), matrix.Width);
            new Work(threads, cancellationToken).SplitRange(matrix.Rows, RowsAtOnce, (from, to) => Multiply(matrix, inverse, from, to));
        }
    }

    // Every column times every other. Blocks are summed in their order, whatever thread made them.
    private static double[] Gram(DenseMatrix matrix, int threads, CancellationToken cancellationToken)
    {
        var width = matrix.Width;
        var blocks = new float[(matrix.Rows + RowsAtOnce - 1) / RowsAtOnce][];
        new Work(threads, cancellationToken).SplitRange(matrix.Rows, RowsAtOnce, (from, to) =>
        {
            var block = new float[width * width];
            for (var row = from; row < to; row++)
            {
                var numbers = matrix[row];
                for (var i = 0; i < width; i++)
                {
                    if (numbers[i] != 0)
                    {
                        var part = block.AsSpan((i * width) + i, width - i);
                        TensorPrimitives.MultiplyAdd(numbers[i..], numbers[i], part, part);
                    }
                }
            }

            blocks[from / RowsAtOnce] = block;
        });

        var gram = new double[width * width];
        foreach (var block in blocks)
        {
            for (var i = 0; i < gram.Length; i++)
            {
                gram[i] += block[i];
            }
        }

        return gram;
    }

    // Cholesky: gram = R'R with R upper triangular; the matrix times R's inverse has right angles.
    private static float[] InverseFactor(double[] gram, int width)
    {
        var factor = new double[width * width];
        var greatest = Enumerable.Range(0, width).Max(i => gram[(i * width) + i]);
        for (var i = 0; i < width; i++)
        {
            for (var j = i; j < width; j++)
            {
                var sum = gram[(i * width) + j];
                for (var k = 0; k < i; k++)
                {
                    sum -= factor[(k * width) + i] * factor[(k * width) + j];
                }

                factor[(i * width) + j] = j == i
                    ? sum > greatest * Negligible * Negligible ? Math.Sqrt(sum) : 0
                    : factor[(i * width) + i] is > 0 and var pivot ? sum / pivot : 0;
            }
        }

        var inverse = new float[width * width];
        for (var column = 0; column < width; column++)
        {
            if (factor[(column * width) + column] <= 0)
            {
                continue;
            }

            var solved = new double[width];
            for (var i = column; i >= 0; i--)
            {
                var sum = i == column ? 1.0 : 0.0;
                for (var k = i + 1; k <= column; k++)
                {
                    sum -= factor[(i * width) + k] * solved[k];
                }

                solved[i] = factor[(i * width) + i] is > 0 and var pivot ? sum / pivot : 0;
                inverse[(i * width) + column] = (float)solved[i];
            }
        }

        return inverse;
    }

    private static void Multiply(DenseMatrix matrix, float[] upper, int from, int to)
    {
        var width = matrix.Width;
        var product = new float[width];
        for (var row = from; row < to; row++)
        {
            Array.Clear(product);
            var numbers = matrix[row];
            for (var i = 0; i < width; i++)
            {
                var part = product.AsSpan(i);
                TensorPrimitives.MultiplyAdd(upper.AsSpan((i * width) + i, width - i), numbers[i], part, part);
            }

            product.CopyTo(numbers);
        }
    }
}
