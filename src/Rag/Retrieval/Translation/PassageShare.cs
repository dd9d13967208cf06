namespace Tessera.Rag.Retrieval.Translation;

/// <summary>
/// A word's share of a passage, p(w|d) = (1 + ln tf) / (L + 5) with L the sum of 1 + ln tf over the passage's distinct words: the fifth
/// time says less than the first, and the few words of a short passage do not each promise everything.
/// </summary>
internal static class PassageShare
{
    /// <summary>Added to what the shares of a passage are divided by.</summary>
    public const float Spare = 5;

    /// <summary>What the shares of a passage are divided by.</summary>
    public static double Divisor(IReadOnlyList<WordCount> passage)
    {
        var divisor = (double)Spare;
        foreach (var (_, count) in passage)
        {
            divisor += Mass(count);
        }

        return divisor;
    }

    /// <summary>What a word that stands there so often has before the division.</summary>
    public static float Mass(int count) => count == 1 ? 1 : 1 + MathF.Log(count);
}
