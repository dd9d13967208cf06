using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>Makes the words that are searched, alike for documents and questions. Safe for concurrent use.</summary>
public abstract class TextAnalyzer
{
    /// <summary>Longer words are searched by their first code units.</summary>
    internal const int LongestWord = 64;

    private static readonly ProseAnalyzer Prose = new();
    private static readonly CodeAnalyzer Code = new();

    private protected TextAnalyzer()
    {
    }

    /// <summary>Written beside stored words; differs whenever the same text would make others.</summary>
    internal abstract string Version { get; }

    /// <summary>The analyzer of a domain.</summary>
    public static TextAnalyzer For(TextAnalysis analysis) => analysis switch
    {
        TextAnalysis.Prose => Prose,
        TextAnalysis.Code => Code,
        _ => throw new ArgumentOutOfRangeException(nameof(analysis), analysis, "No such analysis."),
    };

    /// <summary>The words of a text in its order, repeated as they are repeated; without stop words, stemmed.</summary>
    public IReadOnlyList<string> Terms(ReadOnlySpan<char> text)
    {
        var terms = new List<Term>();
        Analyze(text, terms);
        return terms.ConvertAll(term => term.Text);
    }

    /// <summary>Words, unstemmed, that a question is not searched by where it has others.</summary>
    internal abstract IReadOnlySet<string> QuestionStopWords { get; }

    /// <summary>The terms that a question is searched by, in its order.</summary>
    internal IReadOnlyList<Term> Asked(ReadOnlySpan<char> question)
    {
        var terms = new List<Term>();
        Analyze(question, terms);
        var telling = terms.FindAll(term => !QuestionStopWords.Contains(term.Word));
        return telling.Count > 0 ? telling : terms;
    }

    /// <summary>Adds the terms of a text, in its order.</summary>
    internal abstract void Analyze(ReadOnlySpan<char> text, List<Term> into);
}
