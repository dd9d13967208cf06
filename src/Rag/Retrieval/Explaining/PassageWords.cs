using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Retrieval.Explaining;

/// <summary>The words of some texts, by their keys.</summary>
internal sealed class PassageWords
{
    private readonly Dictionary<ulong, (string Word, int Count)> _words = [];

    private PassageWords()
    {
    }

    public static PassageWords Of(TextAnalyzer analyzer, params ReadOnlySpan<string> texts)
    {
        var (words, terms) = (new PassageWords(), new List<Term>());
        foreach (var text in texts)
        {
            analyzer.Analyze(text, terms);
        }

        foreach (var term in terms)
        {
            words._words[term.Key] = words._words.TryGetValue(term.Key, out var known)
                ? (known.Word, known.Count + 1)
                : (SearchedWords.Shown(term), 1);
        }

        return words;
    }

    public bool Holds(ulong key) => _words.ContainsKey(key);

    /// <summary>The word as it first stands there and how often it does; null where it does not.</summary>
    public (string Word, int Count)? Find(ulong key) => _words.TryGetValue(key, out var word) ? word : null;
}
