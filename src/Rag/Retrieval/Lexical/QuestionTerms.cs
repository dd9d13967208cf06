using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>A question's terms with their weights, in a fixed order so that equal chunks get equal scores.</summary>
/// <param name="Words">Without those that only ask, where there are others.</param>
/// <param name="Grams">The pieces of these words.</param>
internal sealed record QuestionTerms(IReadOnlyList<KeyValuePair<ulong, double>> Words, IReadOnlyList<KeyValuePair<ulong, double>> Grams)
{
    /// <summary>Which words of a chunk promise which of a question; null: none is known.</summary>
    public TranslationModel? Translation { get; init; }

    /// <summary>The question's words in their order, without the part that names the document: what a passage of it is to say.</summary>
    public IReadOnlyList<ulong> Within { get; init; } = [];

    /// <summary>The question's vector; empty without an embedder.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>
    /// The question's words count once for each time they stand in it; an expansion's words as much as their greatest weight, and only
    /// where the question does not have them.
    /// </summary>
    public static QuestionTerms Of(SearchRequest request, TextAnalyzer analyzer)
    {
        var (words, grams) = (new OrderedDictionary<ulong, double>(), new OrderedDictionary<ulong, double>());
        foreach (var term in analyzer.Asked(request.Query))
        {
            words[term.Key] = words.GetValueOrDefault(term.Key) + 1;
            foreach (var gram in term.Grams)
            {
                grams[gram] = grams.GetValueOrDefault(gram) + 1;
            }
        }

        var own = words.Count;
        var terms = new List<Term>();
        foreach (var (text, weight) in request.Expansions)
        {
            terms.Clear();
            analyzer.Analyze(text, terms);
            foreach (var term in terms)
            {
                var place = words.IndexOf(term.Key);
                if (place < 0)
                {
                    words.Add(term.Key, weight);
                }
                else if (place >= own && words.GetAt(place).Value < weight)
                {
                    words.SetAt(place, weight);
                }
            }
        }

        return new QuestionTerms([.. words], [.. grams])
        {
            Translation = request.Translation,
            Vector = request.Vector,
            Within = [.. analyzer.Asked(NamingPart.Without(request.Query)).Select(term => term.Key)],
        };
    }
}
