using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Retrieval.Explaining;

/// <summary>What a search looks for, as people read it.</summary>
internal sealed class SearchedWords
{
    private SearchedWords(TextAnalyzer analyzer, IReadOnlyList<ulong> keys, IReadOnlyList<AskedWord> asked, IReadOnlyList<Term> promised) =>
        (Analyzer, Keys, Asked, Promised) = (analyzer, keys, asked, promised);

    /// <summary>What made the words.</summary>
    public TextAnalyzer Analyzer { get; }

    /// <summary>The words' keys, as <see cref="Asked"/> has them.</summary>
    public IReadOnlyList<ulong> Keys { get; }

    /// <summary>The question's own words, then those added.</summary>
    public IReadOnlyList<AskedWord> Asked { get; }

    /// <summary>Those that passages may promise.</summary>
    public IReadOnlyList<Term> Promised { get; }

    /// <summary>The words of a search, weighed by the store that searches.</summary>
    public static async Task<SearchedWords> OfAsync(
        SearchRequest request, TextAnalyzer analyzer, IChunkStore store, CancellationToken cancellationToken)
    {
        var words = new OrderedDictionary<ulong, (Term Term, double Weight, bool Added)>();
        foreach (var term in analyzer.Asked(request.Query))
        {
            words[term.Key] = (term, words.TryGetValue(term.Key, out var known) ? known.Weight + 1 : 1, false);
        }

        var terms = new List<Term>();
        foreach (var (text, weight) in request.Expansions)
        {
            terms.Clear();
            analyzer.Analyze(text, terms);
            foreach (var term in terms)
            {
                if (!words.TryGetValue(term.Key, out var known) || (known.Added && known.Weight < weight))
                {
                    words[term.Key] = (term, weight, true);
                }
            }
        }

        var idf = await store.WeighAsync([.. words.Values.Select(word => word.Term.Text)], cancellationToken).ConfigureAwait(false);
        var asked = words.Values.Zip(idf, (word, weight) => new AskedWord(Shown(word.Term), weight, word.Weight, word.Added));
        var promised = analyzer.Asked(request.Asked).DistinctBy(term => term.Key);
        return new SearchedWords(analyzer, [.. words.Keys], [.. asked], [.. promised]);
    }

    /// <summary>A term as it stood; whole names and operators of code stand as they are searched.</summary>
    public static string Shown(Term term) => term.Word.Length > 0 ? term.Word : term.Text;
}
