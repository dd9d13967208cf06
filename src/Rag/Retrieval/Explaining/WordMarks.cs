using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Retrieval.Explaining;

/// <summary>Finds where words stand in a text.</summary>
internal static class WordMarks
{
    /// <summary>The runs of letters, digits and underscores that make a wanted word, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="analyzer">What makes the words.</param>
    /// <param name="asked">Keys of words that were searched; they come before the others.</param>
    /// <param name="promising">Keys of words that promise them.</param>
    public static IReadOnlyList<WordMark> Of(string text, TextAnalyzer analyzer, HashSet<ulong> asked, HashSet<ulong> promising)
    {
        var (marks, terms) = (new List<WordMark>(), new List<Term>());
        for (var start = 0; start < text.Length;)
        {
            var end = RunEnd(text, start);
            if (end > start)
            {
                terms.Clear();
                analyzer.Analyze(text.AsSpan(start, end - start), terms);
                var isAsked = terms.Exists(term => asked.Contains(term.Key));
                if (isAsked || terms.Exists(term => promising.Contains(term.Key)))
                {
                    marks.Add(new WordMark(start, end, !isAsked));
                }
            }

            start = Math.Max(end, start + 1);
        }

        return marks;
    }

    private static int RunEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && (WordCharacters.LengthAt(text, end) is var length && length > 0 || text[end] == '_'))
        {
            end += Math.Max(1, length);
        }

        return end;
    }
}
