using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>A question's terms with their weights, in a fixed order so that equal chunks get equal scores.</summary>
/// <param name="Words">Without those that only ask, where there are others.</param>
/// <param name="Grams">The pieces of these words.</param>
internal sealed record QuestionTerms(IReadOnlyList<KeyValuePair<ulong, double>> Words, IReadOnlyList<KeyValuePair<ulong, double>> Grams)
{
    /// <summary>Which words of a chunk promise which of a question; null: none is known.</summary>
    public TranslationModel? Translation { get; init; }

    /// <summary>The words of what is asked, in their order: what a passage is to say.</summary>
    public IReadOnlyList<Term> Asked { get; init; } = [];

    /// <summary>The question's vector; empty without an embedder.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Vectors of single words; null where there are none.</summary>
    public WordVectors? WordVectors { get; init; }

    /// <summary>Words that the domain adds, by their weights: a chunk that has one promises as much of the question.</summary>
    public IReadOnlyList<KeyValuePair<ulong, double>> Meant { get; init; } = [];

    /// <summary>
    /// The question's words count once for each time they stand in it; added words as much as their greatest weight, and only where the question does
    /// not have them.
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

        var asked = analyzer.Asked(request.Asked);
        var meant = new OrderedDictionary<ulong, double>();
        Add(request.Background, words, analyzer);
        if (request.Translation is null)
        {
            Add(request.Expansions, words, analyzer);
        }
        else
        {
            // Among the words they would speak for titles and whole documents too, where the question's own words should.
            Add([.. request.Expansions.Select(x => x with { Weight = x.Weight / Math.Sqrt(Math.Max(1, analyzer.Terms(x.Text).Count)) })], meant, analyzer);
            foreach (var term in asked)
            {
                meant.Remove(term.Key);
            }
        }

        return new QuestionTerms([.. words], [.. grams])
        {
            Translation = request.Translation, Vector = request.Vector, WordVectors = request.Words, Asked = asked, Meant = [.. meant],
        };
    }

    private static void Add(IReadOnlyList<QueryTerm> added, OrderedDictionary<ulong, double> to, TextAnalyzer analyzer)
    {
        var own = to.Count;
        var terms = new List<Term>();
        foreach (var (text, weight) in added)
        {
            terms.Clear();
            analyzer.Analyze(text, terms);
            foreach (var term in terms)
            {
                var place = to.IndexOf(term.Key);
                if (place < 0)
                {
                    to.Add(term.Key, weight);
                }
                else if (place >= own && to.GetAt(place).Value < weight)
                {
                    to.SetAt(place, weight);
                }
            }
        }
    }
}
