namespace Tessera.Rag.Answers.Extractive;

/// <summary>Picks what is quoted: at most three stretches and 700 characters in all, neighbours as one stretch.</summary>
internal static class AnswerSelection
{
    /// <summary>Most citations of an answer.</summary>
    public const int MostCitations = 3;

    /// <summary>Most characters of an answer, UTF-16 code units.</summary>
    public const int MostCharacters = 700;

    // Beside what is quoted already a sentence is so much likelier to go on with it: twice gave more of the gold spans, and fewer other sentences.
    private const double Neighbour = 2;

    /// <summary>The passage with the best sentence comes first; what is quoted of one passage stands in the order of its text.</summary>
    /// <param name="candidates">Sentences with their scores, the best one's 1.</param>
    /// <param name="worth">A sentence below this is no part of the answer.</param>
    public static IReadOnlyList<IReadOnlyList<Candidate>> Pick(IReadOnlyList<Candidate> candidates, double worth)
    {
        var picked = new List<Candidate>();
        var left = candidates.Where(candidate => candidate.Score >= worth / Neighbour)
            .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Rank).ThenBy(candidate => candidate.Place).ToList();
        while (left.Count > 0 && left.MaxBy(Worthy) is { } candidate && Worthy(candidate) >= worth)
        {
            left.Remove(candidate);
            if (!picked.Exists(other => IsSame(other, candidate)) && Fits([.. picked, candidate]))
            {
                picked.Add(candidate);
            }
        }

        double Worthy(Candidate candidate) =>
            candidate.Score * (picked.Exists(x => x.Rank == candidate.Rank && Math.Abs(x.Place - candidate.Place) == 1) ? Neighbour : 1);

        var best = picked.GroupBy(candidate => candidate.Rank).ToDictionary(group => group.Key, group => group.Max(candidate => candidate.Score));
        return
        [
            .. Stretches(picked).OrderByDescending(stretch => best[stretch[0].Rank]).ThenBy(stretch => stretch[0].Rank).ThenBy(stretch => stretch[0].Place),
        ];
    }

    private static bool Fits(List<Candidate> picked)
    {
        var stretches = Stretches(picked).ToList();
        // What stands between two neighbours is quoted too, and a character joins stretches.
        return stretches.Count <= MostCitations
            && stretches.Sum(stretch => stretch[^1].Span.End - stretch[0].Span.Start + stretch.Count) <= MostCharacters;
    }

    private static IEnumerable<List<Candidate>> Stretches(IEnumerable<Candidate> picked)
    {
        var stretch = new List<Candidate>();
        foreach (var candidate in picked.OrderBy(candidate => candidate.Rank).ThenBy(candidate => candidate.Place))
        {
            if (stretch.Count > 0 && (stretch[^1].Rank != candidate.Rank || stretch[^1].Place + 1 != candidate.Place))
            {
                yield return stretch;
                stretch = [];
            }

            stretch.Add(candidate);
        }

        if (stretch.Count > 0)
        {
            yield return stretch;
        }
    }

    // Chunks of one document may overlap, and two documents may say the same.
    private static bool IsSame(Candidate a, Candidate b) =>
        (a.Chunk.Document == b.Chunk.Document
            && a.Chunk.Start + a.Span.Start < b.Chunk.Start + b.Span.End
            && b.Chunk.Start + b.Span.Start < a.Chunk.Start + a.Span.End)
        || (a.Span.Length == b.Span.Length && a.Chunk.Text.AsSpan(a.Span.Start, a.Span.Length).Equals(b.Chunk.Text.AsSpan(b.Span.Start, b.Span.Length), StringComparison.OrdinalIgnoreCase));
}
