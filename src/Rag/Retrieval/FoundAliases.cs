using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>Other names for what a question names, as the tenant's own documents introduce them.</summary>
internal static class FoundAliases
{
    // Against 1 for the question's own words: the document itself says that the two are one.
    private const double Weight = 0.5;

    // "ALL" is an illness and "all" is not.
    private const int ShortestInAnyCase = 4;

    /// <summary>What the candidates call the things that the question names; the reading of the best candidate counts.</summary>
    public static IReadOnlyList<QueryTerm> Of(string question, IReadOnlyList<Candidate> candidates, TextAnalyzer analyzer)
    {
        var asked = analyzer.Terms(question);
        var known = asked.ToHashSet(StringComparer.Ordinal);
        var found = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in candidates.Select(x => x.Chunk.Tags.GetValueOrDefault(SectionTags.Aliases, "")).Where(tag => tag.Length > 0))
        {
            foreach (var pair in tag.Split(SectionTags.Between))
            {
                if (pair.Split(SectionTags.Means) is [var one, var other] && !found.ContainsKey(one)
                    && Holds(question, asked, one, analyzer) && !analyzer.Terms(other).All(known.Contains))
                {
                    found.Add(one, other);
                }
            }
        }

        return [.. found.Values.Select(text => new QueryTerm(text, Weight))];
    }

    private static bool Holds(string question, IReadOnlyList<string> asked, string name, TextAnalyzer analyzer)
    {
        var words = analyzer.Terms(name);
        return words.Count > 0
            && Enumerable.Range(0, Math.Max(0, asked.Count - words.Count + 1)).Any(at => words.Index().All(x => asked[at + x.Index] == x.Item))
            && (name.Length >= ShortestInAnyCase || question.Contains(name, StringComparison.Ordinal));
    }
}
