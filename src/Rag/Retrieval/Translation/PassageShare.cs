namespace Tessera.Rag.Retrieval.Translation;

/// <summary>
/// A word's share of a passage, p(w|d) = (1 + ln tf) / (L^a + 5) with L the sum of 1 + ln tf over the passage's distinct words: the fifth
/// time says less than the first, and the few words of a short passage do not each promise everything. With a below 1 a long passage that
/// says more is not as thin as it is long.
/// </summary>
internal static class PassageShare
{
    /// <summary>Added to what the shares of a passage are divided by.</summary>
    public const float Spare = 5;

    // A search asks for hundreds of thousands: most words come less often than this in one passage.
    private static readonly float[] Masses = [0, .. Enumerable.Range(1, 63).Select(count => 1 + MathF.Log(count))];

    /// <summary>What the shares of a passage are divided by.</summary>
    public static double Divisor(IReadOnlyList<WordCount> passage, double lengthPower)
    {
        var length = 0.0;
        foreach (var (_, count) in passage)
        {
            length += Mass(count);
        }

        return Spare + (lengthPower == 1 ? length : Math.Pow(length, lengthPower));
    }

    /// <summary>What a word that stands there so often has before the division.</summary>
    public static float Mass(int count) => count < Masses.Length ? Masses[count] : 1 + MathF.Log(count);
}
