using Tessera.Inference.Static;

namespace Tessera.Unit.Inference.Static;

/// <summary>Small models, made without learning.</summary>
internal static class StaticModels
{
    /// <summary>Knows the given words and 64 buckets; rows of noise.</summary>
    public static StaticModel Make(int dimensions = 32, bool splitsIdentifiers = false, params string[] words)
    {
        var keys = words.SelectMany(x => Words(x, splitsIdentifiers)).Distinct().Order().ToArray();
        var random = new Random(5);
        return new StaticModel
        {
            Dimensions = dimensions,
            SplitsIdentifiers = splitsIdentifiers,
            Words = keys,
            Buckets = 64,
            Scales = [.. Enumerable.Range(0, keys.Length + 64).Select(_ => random.NextSingle())],
            Rows = [.. Enumerable.Range(0, (keys.Length + 64) * dimensions).Select(_ => (sbyte)random.Next(-127, 128))],
        };
    }

    /// <summary>The hashes of a text's words, in their order.</summary>
    public static IReadOnlyList<ulong> Words(string text, bool splitsIdentifiers)
    {
        var found = new Found([], []);
        new FeatureScanner(splitsIdentifiers).Scan(text, ref found);
        return found.Words;
    }

    /// <summary>The hashes of its runs of four letters.</summary>
    public static IReadOnlyList<uint> Grams(string text)
    {
        var found = new Found([], []);
        new FeatureScanner(splitsIdentifiers: false).Scan(text, ref found);
        return found.Grams;
    }

    private readonly record struct Found(List<ulong> Words, List<uint> Grams) : IFeatureSink
    {
        public void Word(ulong key) => Words.Add(key);

        public void Gram(uint hash) => Grams.Add(hash);
    }
}
