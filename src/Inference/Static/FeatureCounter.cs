namespace Tessera.Inference.Static;

/// <summary>
/// Counts the rows that a text touches: the words that are known, then the buckets of its runs of four letters. Holds an array as long as
/// the table, so it is kept and used again; one text at a time.
/// </summary>
internal sealed class FeatureCounter(WordTable words, int buckets, bool splitsIdentifiers)
{
    // Most words come less often than this in one text; the logarithm of a greater count is taken when it is met.
    private static readonly float[] Dampened = [0, .. Enumerable.Range(1, 63).Select(x => 1 + MathF.Log(x))];

    private readonly FeatureScanner scanner = new(splitsIdentifiers);
    private readonly int[] counts = new int[words.Count + buckets];
    private readonly int[] touched = new int[words.Count + buckets];
    private int used;

    /// <summary>The rows of the last text, each once, in the order of their first place in it.</summary>
    public ReadOnlySpan<int> Rows => touched.AsSpan(0, used);

    /// <summary>Counts a text's rows and forgets the last one's.</summary>
    public void Read(ReadOnlySpan<char> text)
    {
        foreach (var row in Rows)
        {
            counts[row] = 0;
        }

        used = 0;
        var sink = new Sink(this);
        scanner.Scan(text, ref sink);
    }

    /// <summary>1 + ln(how often the row was touched).</summary>
    public float Weight(int row) => counts[row] < Dampened.Length ? Dampened[counts[row]] : 1 + MathF.Log(counts[row]);

    private void Touch(int row)
    {
        if (counts[row]++ == 0)
        {
            touched[used++] = row;
        }
    }

    private readonly struct Sink(FeatureCounter counter) : IFeatureSink
    {
        private readonly WordTable words = counter.Words;
        private readonly ulong buckets = (ulong)counter.Buckets;

        public void Word(ulong key)
        {
            if (words.Find(key) is >= 0 and var row)
            {
                counter.Touch(row);
            }
        }

        public void Gram(uint hash) => counter.Touch(words.Count + (int)((hash * buckets) >> 32));
    }

    private WordTable Words => words;

    private int Buckets => buckets;
}
