namespace Tessera.Rag.Retrieval.Translation;

/// <summary>
/// What the writer and the reader of a translation model agree on. All numbers are little-endian:
/// <list type="number">
/// <item>the magic, the version (a byte), the analyzer's version (a length byte and ASCII), the power of a passage's length (float);</item>
/// <item>the passage words: how many (4 bytes), their keys in ascending order (8 bytes each), their mean shares (float, 4 bytes each);</item>
/// <item>how many question words and how many promises (4 bytes each);</item>
/// <item>for each question word in ascending order: its key (8 bytes), how many promises (varint), and for each of them, in the order of the
/// words, the gap to the word before (varint; the first counts from -1) and the level of the probability (a byte);</item>
/// <item>the SHA-256 of all that stands before.</item>
/// </list>
/// </summary>
internal static class TranslationFile
{
    public const byte Version = 1;

    /// <summary>Below it a promise is not kept, and so its level is 1.</summary>
    public const double LeastProbability = 0.001;

    /// <summary>No real model comes near; a file that is larger is none.</summary>
    public const int MostBytes = 256 << 20;

    public static ReadOnlySpan<byte> Magic => "TESS-T1M"u8;

    // Even steps of the logarithm, 2.8 % each: a probability is never off by more than half of that.
    private static readonly double Step = -Math.Log(LeastProbability) / (byte.MaxValue - 1);
    private static readonly float[] Levels = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(level => (float)Math.Exp((level - byte.MaxValue) * Step))];

    /// <summary>1 to 255.</summary>
    public static byte LevelOf(double probability) =>
        (byte)Math.Clamp(Math.Round(byte.MaxValue + (Math.Log(probability) / Step)), 1, byte.MaxValue);

    /// <summary>Above 0, at most 1.</summary>
    public static float ProbabilityOf(byte level) => Levels[level];
}
