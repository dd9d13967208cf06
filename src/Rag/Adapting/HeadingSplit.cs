using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Adapting;

/// <summary>Headings to learn from and headings to check by; always the same parts of the same headings.</summary>
/// <param name="Learned">To learn from.</param>
/// <param name="HeldOut">To check by: neither they nor what stands below them is learned from.</param>
public sealed record HeadingSplit(IReadOnlyList<HeadingPair> Learned, IReadOnlyList<HeadingPair> HeldOut)
{
    /// <summary>Fewest headings that a check is made of, and fewest that are learned from.</summary>
    public const int Fewest = 200;

    /// <summary>Fewest headings that adapting needs.</summary>
    public const int Needed = 2 * Fewest;

    // More tell hardly more, and each is asked twice.
    private const int Most = 500;
    private const int Share = 4;

    /// <summary>Splits; null where there are fewer than <see cref="Needed"/>.</summary>
    public static HeadingSplit? Of(IReadOnlyList<HeadingPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count < Needed)
        {
            return null;
        }

        // By hashes: a document that comes or goes moves no other heading but at the edge.
        var order = pairs.OrderBy(pair => Term.KeyOf(pair.Key)).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var held = order[..Math.Clamp(order.Count / Share, Fewest, Most)];
        var passages = held.SelectMany(pair => pair.Passages).Select(chunk => (chunk.Document, chunk.Ordinal)).ToHashSet();
        List<HeadingPair> learned =
        [
            .. order[held.Count..].Select(pair => pair with { Passages = [.. pair.Passages.Where(chunk => !passages.Contains((chunk.Document, chunk.Ordinal)))] })
                .Where(pair => pair.Passages.Count > 0),
        ];
        return new HeadingSplit(learned, held);
    }
}
