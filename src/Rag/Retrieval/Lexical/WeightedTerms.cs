using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>A question's terms with their weights, in a fixed order so that equal chunks get equal scores.</summary>
internal static class WeightedTerms
{
    /// <summary>
    /// The question's words count once for each time they stand in it; an expansion's words as much as their greatest weight, and only
    /// where the question does not have them.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<ulong, double>> Of(SearchRequest request, TextAnalyzer analyzer)
    {
        var weights = new OrderedDictionary<ulong, double>();
        var terms = new List<Term>();
        analyzer.Analyze(request.Query, terms);
        foreach (var term in terms)
        {
            weights[term.Key] = weights.GetValueOrDefault(term.Key) + 1;
        }

        var own = weights.Count;
        foreach (var (text, weight) in request.Expansions)
        {
            terms.Clear();
            analyzer.Analyze(text, terms);
            foreach (var term in terms)
            {
                var place = weights.IndexOf(term.Key);
                if (place < 0)
                {
                    weights.Add(term.Key, weight);
                }
                else if (place >= own && weights.GetAt(place).Value < weight)
                {
                    weights.SetAt(place, weight);
                }
            }
        }

        return weights;
    }
}
