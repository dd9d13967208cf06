namespace Tessera.Training.Answers;

/// <summary>
/// A logistic model: the probability that a row is right. Adam, all rows a round, in their order and on one thread: equal rows make equal weights.
/// </summary>
internal static class LogisticTrainer
{
    private const int Rounds = 600;
    private const double Rate = 0.03;
    private const double Decay = 1e-3;

    /// <summary>A weight a feature, and the bias behind them.</summary>
    /// <param name="rows">Features, whether the row is right, and how much it counts.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static float[] Fit(IReadOnlyList<(float[] Features, bool IsRight, double Weight)> rows, CancellationToken cancellationToken)
    {
        var width = rows[0].Features.Length;
        var (means, deviations, total) = (new double[width], new double[width], rows.Sum(x => x.Weight));
        for (var i = 0; i < width; i++)
        {
            means[i] = rows.Average(x => x.Features[i]);
            deviations[i] = Math.Sqrt(rows.Average(x => Math.Pow(x.Features[i] - means[i], 2))) is > 1e-6 and var deviation ? deviation : 1;
        }

        // The bias is the weight of a last feature that is always 1.
        var scaled = rows.Select(x => (double[])[.. x.Features.Select((value, i) => (value - means[i]) / deviations[i]), 1]).ToList();
        var (weights, gradient, first, second) = (new double[width + 1], new double[width + 1], new double[width + 1], new double[width + 1]);
        for (var round = 1; round <= Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i <= width; i++)
            {
                gradient[i] = i < width ? Decay * weights[i] : 0;
            }

            for (var row = 0; row < scaled.Count; row++)
            {
                var error = (Likelihood(scaled[row], weights) - (rows[row].IsRight ? 1 : 0)) * rows[row].Weight / total;
                for (var i = 0; i <= width; i++)
                {
                    gradient[i] += error * scaled[row][i];
                }
            }

            for (var i = 0; i <= width; i++)
            {
                first[i] = (0.9 * first[i]) + (0.1 * gradient[i]);
                second[i] = (0.999 * second[i]) + (0.001 * gradient[i] * gradient[i]);
                weights[i] -= Rate * (first[i] / (1 - Math.Pow(0.9, round))) / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, round))) + 1e-8);
            }
        }

        var bias = weights[width] - Enumerable.Range(0, width).Sum(i => weights[i] * means[i] / deviations[i]);
        return [.. weights.Take(width).Select((weight, i) => (float)(weight / deviations[i])), (float)bias];
    }

    /// <summary>How likely a row is right.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="weights">What <see cref="Fit"/> gave.</param>
    public static double LikelihoodOf(float[] features, float[] weights) =>
        1 / (1 + Math.Exp(-weights[^1] - features.Zip(weights, (value, weight) => (double)value * weight).Sum()));

    private static double Likelihood(double[] row, double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            sum += row[i] * weights[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }
}
