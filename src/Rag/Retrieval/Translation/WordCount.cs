using System.Runtime.InteropServices;
using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Retrieval.Translation;

/// <summary>How often a word stands in a passage.</summary>
/// <param name="Word">The key of the analysed word.</param>
/// <param name="Count">How often, at least once.</param>
public readonly record struct WordCount(ulong Word, int Count)
{
    /// <summary>The distinct words of a text in the order in which they first stand there.</summary>
    public static IReadOnlyList<WordCount> Of(ReadOnlySpan<char> text, TextAnalyzer analyzer)
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        var terms = new List<Term>();
        analyzer.Analyze(text, terms);
        var places = new Dictionary<ulong, int>(terms.Count);
        var words = new List<WordCount>(terms.Count);
        foreach (var term in terms)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, term.Key, out var known);
            if (known)
            {
                words[place] = words[place] with { Count = words[place].Count + 1 };
            }
            else
            {
                place = words.Count;
                words.Add(new WordCount(term.Key, 1));
            }
        }

        return words;
    }
}
