using System.Text.Json.Serialization;

namespace Tessera.Rag.Evaluation;

/// <summary>One measure in two setups.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Left">Its mean.</param>
/// <param name="Right">The other's.</param>
/// <param name="Difference">Right less left.</param>
/// <param name="Better">Questions of which the right is higher.</param>
/// <param name="Worse">Questions of which it is lower.</param>
/// <param name="Equal">The others.</param>
/// <param name="P">
/// How likely so great a mean difference is where the setups do not differ: Fisher's paired randomisation test, two-sided. The same numbers give
/// the same value every time.
/// </param>
public sealed record MeasureComparison(
    [property: JsonPropertyName("measure")] string Measure,
    [property: JsonPropertyName("left")] double Left,
    [property: JsonPropertyName("right")] double Right,
    [property: JsonPropertyName("difference")] double Difference,
    [property: JsonPropertyName("better")] int Better,
    [property: JsonPropertyName("worse")] int Worse,
    [property: JsonPropertyName("equal")] int Equal,
    [property: JsonPropertyName("p")] double P)
{
    // Less than this is rounding.
    private const double Least = 1e-9;
    private const int Rounds = 10_000;
    private const ulong Seed = 20261126;

    /// <summary>Compares values of the same questions in the same order; one at least.</summary>
    internal static MeasureComparison Of(string measure, IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        var differences = left.Zip(right, (x, y) => y - x).ToArray();
        return new MeasureComparison(
            measure,
            left.Average(),
            right.Average(),
            right.Average() - left.Average(),
            differences.Count(x => x > Least),
            differences.Count(x => x < -Least),
            differences.Count(x => Math.Abs(x) <= Least),
            Chance([.. differences.Where(x => Math.Abs(x) > Least)]));
    }

    // Were the setups alike, each difference could as well have the other sign: in how many of such worlds is their sum as great?
    private static double Chance(double[] differences)
    {
        var (seen, state, bits) = (Math.Abs(differences.Sum()) - Least, Seed, 0UL);
        var asGreat = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var sum = 0.0;
            for (var i = 0; i < differences.Length; i++)
            {
                bits = i % 64 == 0 ? Next(ref state) : bits >> 1;
                sum += (bits & 1) == 0 ? differences[i] : -differences[i];
            }

            asGreat += Math.Abs(sum) >= seen ? 1 : 0;
        }

        return (asGreat + 1.0) / (Rounds + 1);
    }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Next(ref ulong state)
    {
        var mixed = state += 0x9e3779b97f4a7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }
}
