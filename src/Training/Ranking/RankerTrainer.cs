namespace Tessera.Training.Ranking;

/// <summary>
/// A linear ranker by a listwise loss: the softmax over a question's candidates should give the right ones all of the probability. Adam, all
/// questions a round, in their order and on one thread: equal examples make equal weights.
/// </summary>
internal static class RankerTrainer
{
    private const int Rounds = 200;
    private const double Rate = 0.03;
    private const double Decay = 1e-3;

    /// <summary>A weight a feature.</summary>
    /// <param name="examples">One at least.</param>
    /// <param name="neverAgainst">No weight is below 0: what speaks for a chunk must not count against it. Fits less well, and holds farther from home.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static float[] Fit(IReadOnlyList<RankingExample> examples, bool neverAgainst, CancellationToken cancellationToken)
    {
        var width = examples[0].Rows[0].Length;
        var (means, deviations) = Moments(examples, width);
        var rows = examples.Select(x => x.Rows.Select(row => row.Select((value, i) => (value - means[i]) / deviations[i]).ToArray()).ToArray()).ToList();
        var (weights, gradient, first, second) = (new double[width], new double[width], new double[width], new double[width]);
        for (var round = 1; round <= Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < width; i++)
            {
                gradient[i] = Decay * weights[i];
            }

            for (var i = 0; i < rows.Count; i++)
            {
                Add(gradient, rows[i], examples[i].Right, weights, 1.0 / rows.Count);
            }

            for (var i = 0; i < width; i++)
            {
                first[i] = (0.9 * first[i]) + (0.1 * gradient[i]);
                second[i] = (0.999 * second[i]) + (0.001 * gradient[i] * gradient[i]);
                weights[i] -= Rate * (first[i] / (1 - Math.Pow(0.9, round))) / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, round))) + 1e-8);
                weights[i] = neverAgainst ? Math.Max(0, weights[i]) : weights[i];
            }
        }

        return [.. weights.Select((weight, i) => (float)(weight / deviations[i]))];
    }

    private static void Add(double[] gradient, double[][] rows, bool[] right, double[] weights, double share)
    {
        var scores = Array.ConvertAll(rows, row => Dot(row, weights));
        var most = scores.Max();
        var sum = scores.Sum(x => Math.Exp(x - most));
        double count = right.Count(x => x);
        for (var row = 0; row < rows.Length; row++)
        {
            var error = ((Math.Exp(scores[row] - most) / sum) - (right[row] ? 1 / count : 0)) * share;
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] += error * rows[row][i];
            }
        }
    }

    private static double Dot(double[] row, double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            sum += row[i] * weights[i];
        }

        return sum;
    }

    private static (double[] Means, double[] Deviations) Moments(IReadOnlyList<RankingExample> examples, int width)
    {
        var (sums, squares, count) = (new double[width], new double[width], 0);
        foreach (var row in examples.SelectMany(x => x.Rows))
        {
            count++;
            for (var i = 0; i < width; i++)
            {
                sums[i] += row[i];
                squares[i] += (double)row[i] * row[i];
            }
        }

        var means = Array.ConvertAll(sums, x => x / count);
        return (means, [.. squares.Select((x, i) => Math.Sqrt(Math.Max(0, (x / count) - (means[i] * means[i]))) is > 1e-6 and var deviation ? deviation : 1)]);
    }
}
