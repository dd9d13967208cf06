using Tessera.Inference.Static;

namespace Tessera.Training.Embedding;

/// <summary>Chooses the words that get a row of their own: those in most texts. The rest is known by its runs of four letters alone.</summary>
internal static class Vocabulary
{
    private const int Parts = 16;

    /// <summary>Hashes of the chosen words, ascending.</summary>
    /// <param name="texts">Texts whose words are counted.</param>
    /// <param name="most">Most words that are chosen.</param>
    /// <param name="settings">How texts are cut, and how many of them a word must be in.</param>
    /// <param name="cancellationToken">Looked at between two parts.</param>
    public static ulong[] Choose(IReadOnlyList<string> texts, int most, EmbedderSettings settings, CancellationToken cancellationToken)
    {
        var counted = new Dictionary<ulong, int>[Parts];
        new Work(settings.Threads, cancellationToken).Split(Parts, part => counted[part] = Count(texts, part, settings.SplitsIdentifiers));
        var total = counted[0];
        foreach (var (word, count) in counted.Skip(1).SelectMany(x => x))
        {
            total[word] = total.GetValueOrDefault(word) + count;
        }

        // The hash decides between words that are equally common: no order of threads or of a dictionary may.
        return
        [
            .. total.Where(x => x.Value >= settings.LeastTexts)
                .OrderByDescending(x => x.Value).ThenBy(x => x.Key).Take(most).Select(x => x.Key).Order(),
        ];
    }

    private static Dictionary<ulong, int> Count(IReadOnlyList<string> texts, int part, bool splitsIdentifiers)
    {
        var scanner = new FeatureScanner(splitsIdentifiers);
        var counts = new Dictionary<ulong, int>();
        var seen = new HashSet<ulong>();
        for (var i = part; i < texts.Count; i += Parts)
        {
            seen.Clear();
            var sink = new Sink(seen);
            scanner.Scan(texts[i], ref sink);
            foreach (var word in seen)
            {
                counts[word] = counts.GetValueOrDefault(word) + 1;
            }
        }

        return counts;
    }

    private readonly struct Sink(HashSet<ulong> seen) : IFeatureSink
    {
        public void Word(ulong key) => seen.Add(key);

        public void Gram(uint hash)
        {
            // Every bucket has a row.
        }
    }
}
