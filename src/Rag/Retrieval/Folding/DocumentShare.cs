using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Folding;

/// <summary>Keeps one document from filling a list of passages where a question names none.</summary>
internal static class DocumentShare
{
    /// <summary>So many times as many passages as are wanted are looked at.</summary>
    public const int LookAhead = 2;

    // Passages over the share give way to none that is worth less than this share of theirs.
    private const double Worth = 0.9;

    /// <summary>The best passages in their order; where others are nearly as good, at most half of them are of one document.</summary>
    /// <param name="ranked">Best first.</param>
    /// <param name="top">How many are wanted.</param>
    public static IReadOnlyList<Candidate> Pick(IReadOnlyList<Candidate> ranked, int top)
    {
        var share = (top + 1) / 2;
        var (picked, over, counts) = (new List<int>(), new Queue<int>(), new Dictionary<DocumentId, int>());
        for (var i = 0; i < ranked.Count && picked.Count < top; i++)
        {
            var document = ranked[i].Chunk.Document;
            counts[document] = counts.GetValueOrDefault(document) + 1;
            if (counts[document] <= share)
            {
                picked.Add(i);
            }
            else
            {
                over.Enqueue(i);
            }
        }

        // The best over the share against the worst within it.
        for (; over.TryDequeue(out var next); picked.Add(next))
        {
            if (picked.Count == top)
            {
                if (ranked[picked.Max()].Score >= Worth * ranked[next].Score)
                {
                    break;
                }

                picked.Remove(picked.Max());
            }
        }

        picked.Sort();
        return [.. picked.Select(i => ranked[i])];
    }
}
