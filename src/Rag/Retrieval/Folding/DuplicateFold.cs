using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Folding;

/// <summary>
/// Folds passages that say the same, or nearly, under the best of them. A number or a name may be all that differs between two clauses, so what is
/// nearly the same is told with the words that differ, and is folded only where people read that.
/// </summary>
/// <param name="folded">Which are folded.</param>
/// <param name="analysis">How the domain's words are made: of code, only what is the same is folded.</param>
internal sealed class DuplicateFold(FoldedPassages folded, TextAnalysis analysis)
{
    // Nearly the same: one word changed in forty, or a few side by side in a hundred.
    private const double Near = 0.8;

    // Shorter texts say something only under their headings: "None."
    private const int Telling = 8;

    /// <summary>The first passages that differ, in their order, each with all others that are folded under it.</summary>
    /// <param name="ranked">Best first.</param>
    /// <param name="most">How many that differ are wanted.</param>
    public IReadOnlyList<Candidate> Fold(IReadOnlyList<Candidate> ranked, int most)
    {
        if (folded == FoldedPassages.None)
        {
            return [.. ranked.Take(most)];
        }

        // Copies are found without being read word by word.
        var (kept, texts) = (new List<Shown>(), new Dictionary<string, Shown>(StringComparer.Ordinal));
        foreach (var candidate in ranked)
        {
            if (texts.TryGetValue(candidate.Chunk.Text, out var equal) && SaysAsMuch(equal.Print, equal, candidate.Chunk))
            {
                equal.Duplicates.Add(Duplicate.Same(candidate.Chunk));
                continue;
            }

            var print = TextPrint.Of(candidate.Chunk.Text, analysis);
            if (Find(kept, candidate.Chunk, print) is var (shown, duplicate))
            {
                shown.Duplicates.Add(duplicate);
            }
            else if (kept.Count < most)
            {
                kept.Add(new Shown(candidate, print, []));
                texts.TryAdd(candidate.Chunk.Text, kept[^1]);
            }
        }

        return [.. kept.Select(x => x.Duplicates.Count == 0 ? x.Passage : x.Passage with { Duplicates = x.Duplicates })];
    }

    private (Shown Shown, Duplicate Duplicate)? Find(List<Shown> kept, Chunk chunk, TextPrint print)
    {
        foreach (var shown in kept)
        {
            if (shown.Print.Holds(print) && SaysAsMuch(print, shown, chunk))
            {
                return (shown, Duplicate.Same(chunk));
            }
        }

        return folded == FoldedPassages.Near && kept.Find(shown => IsNear(shown, chunk, print)) is { } near
            ? (near, new Duplicate(chunk, false, print.Beyond(near.Print), near.Print.Beyond(print)))
            : null;
    }

    private static bool SaysAsMuch(TextPrint print, Shown shown, Chunk chunk) => print.Count >= Telling || shown.Passage.Chunk.Path == chunk.Path;

    private bool IsNear(Shown shown, Chunk chunk, TextPrint print)
    {
        var other = shown.Passage.Chunk;
        var overlap = other.Document == chunk.Document ? Math.Min(other.End, chunk.End) - Math.Max(other.Start, chunk.Start) : 0;
        return overlap >= Near * (chunk.End - chunk.Start)
            || (analysis == TextAnalysis.Prose
                && Math.Min(shown.Print.Count, print.Count) >= Near * Math.Max(shown.Print.Count, print.Count)
                && shown.Print.MayBeLike(print)
                && shown.Print.Likeness(print) >= Near);
    }

    private sealed record Shown(Candidate Passage, TextPrint Print, List<Duplicate> Duplicates);
}
