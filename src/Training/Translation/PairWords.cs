using System.Runtime.InteropServices;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Training.Translation;

/// <summary>Questions and what answers them as distinct words, and how usual each word is.</summary>
/// <param name="analyzer">What makes the words.</param>
/// <param name="lengthPower">By what power of its length a passage's words are thinned.</param>
internal sealed class PairWords(TextAnalyzer analyzer, double lengthPower)
{
    private readonly List<(ulong[] Question, ulong[] Passage)> _pairs = [];
    private readonly Dictionary<ulong, int> _questionsWith = [];
    private readonly Dictionary<ulong, int> _passagesWith = [];

    /// <summary>What made the words.</summary>
    public TextAnalyzer Analyzer => analyzer;

    /// <summary>How many pairs were added.</summary>
    public int Count => _pairs.Count;

    /// <summary>The mean share of each word in the passages.</summary>
    public MeanShares Shares { get; } = new(lengthPower);

    /// <summary>The words of each pair's sides, in the order in which they first stand there.</summary>
    public IReadOnlyList<(ulong[] Question, ulong[] Passage)> Pairs => _pairs;

    /// <summary>Adds a pair.</summary>
    public void Add(ReadOnlySpan<char> question, ReadOnlySpan<char> passage)
    {
        var words = WordCount.Of(passage, analyzer);
        Shares.Add(words);
        _pairs.Add((Seen(WordCount.Of(question, analyzer), _questionsWith), Seen(words, _passagesWith)));
    }

    /// <summary>Words that stand in so many questions, ascending.</summary>
    public ulong[] QuestionWords(int least) => Often(_questionsWith, least);

    /// <summary>Words that stand in so many passages, ascending.</summary>
    public ulong[] PassageWords(int least) => Often(_passagesWith, least);

    private static ulong[] Seen(IReadOnlyList<WordCount> words, Dictionary<ulong, int> counts)
    {
        var keys = new ulong[words.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = words[i].Word;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, keys[i], out _)++;
        }

        return keys;
    }

    private static ulong[] Often(Dictionary<ulong, int> counts, int least) => [.. counts.Where(x => x.Value >= least).Select(x => x.Key).Order()];
}
