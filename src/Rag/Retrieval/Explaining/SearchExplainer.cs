using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Explaining;

/// <summary>Says of each passage of one search why it stands where it stands.</summary>
/// <param name="words">What was searched.</param>
/// <param name="translation">The model that took part, or null.</param>
/// <param name="nameOf">The name of a document that was found.</param>
internal sealed class SearchExplainer(SearchedWords words, TranslationModel? translation, Func<DocumentId, string> nameOf)
{
    // More would hide the few that matter.
    private const int MostPromising = 3;

    /// <param name="candidates">In the order of their hand-set score.</param>
    /// <param name="ranked">The best of them in their final order.</param>
    /// <param name="weights">The ranker's, or null where none ordered.</param>
    public IReadOnlyList<ExplainedPassage> Explain(IReadOnlyList<Candidate> candidates, IReadOnlyList<Candidate> ranked, float[]? weights)
    {
        var places = candidates.Select((candidate, place) => (candidate.Chunk, place))
            .ToDictionary(x => x.Chunk, x => x.place, (IEqualityComparer<Chunk>)ReferenceEqualityComparer.Instance);
        var parts = weights is null ? null : ScoreParts.OfRanker(candidates, weights);
        return [.. ranked.Select((passage, rank) =>
        {
            var place = places[passage.Chunk];
            return Explain(passage, rank + 1, candidates[place], place + 1, parts?[place] ?? ScoreParts.OfSum(passage));
        })];
    }

    private ExplainedPassage Explain(Candidate passage, int rank, Candidate candidate, int candidateRank, IReadOnlyList<SignalPart> parts)
    {
        var chunk = passage.Chunk;
        var title = PassageWords.Of(words.Analyzer, nameOf(chunk.Document), chunk.Path);
        var text = PassageWords.Of(words.Analyzer, chunk.Text);
        var held = words.Keys
            .Zip(words.Asked, (key, word) => new HeldWord(word.Word, title.Holds(key), text.Holds(key)))
            .Where(word => word.InTitle || word.InText);
        var (promises, promising) = Promises(PassageWords.Of(words.Analyzer, nameOf(chunk.Document), chunk.Path, chunk.Text));
        return new ExplainedPassage(
            chunk,
            rank,
            passage.Score,
            candidateRank,
            candidate.Score,
            parts.Sum(part => part.Contribution),
            parts,
            [.. held],
            promises,
            WordMarks.Of(chunk.Text, words.Analyzer, words.Keys.ToHashSet(), promising))
        {
            Duplicates = passage.Duplicates, Reread = passage.Reread,
        };
    }

    private (IReadOnlyList<PromisedWord> Promises, HashSet<ulong> Promising) Promises(PassageWords passage)
    {
        var (promised, promising) = (new List<(PromisedWord Word, double Strength)>(), new HashSet<ulong>());
        if (translation is null)
        {
            return ([], promising);
        }

        foreach (var asked in words.Promised)
        {
            var strongest = new List<(ulong Key, PromisingWord Word, double Strength)>();
            foreach (var (key, probability) in translation.PromisesOf(asked.Key))
            {
                if (key != asked.Key && passage.Find(key) is var (word, count))
                {
                    strongest.Add((key, new PromisingWord(word, probability), probability * PassageShare.Mass(count)));
                }
            }

            strongest.Sort((x, y) => y.Strength.CompareTo(x.Strength));
            var few = strongest.Take(MostPromising).ToList();
            if (few.Count > 0)
            {
                promised.Add((new PromisedWord(SearchedWords.Shown(asked), few.ConvertAll(x => x.Word)), few[0].Strength));
                promising.UnionWith(few.Select(x => x.Key));
            }
        }

        return ([.. promised.OrderByDescending(x => x.Strength).Select(x => x.Word)], promising);
    }
}
