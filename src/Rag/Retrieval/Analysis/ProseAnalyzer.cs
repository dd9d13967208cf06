namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>Runs of letters and digits, lower case, without English stop words, Porter's stems.</summary>
internal sealed class ProseAnalyzer : TextAnalyzer
{
    private readonly TermCache _terms = new(word => StopWords.English.Contains(word) ? null : new Term(PorterStemmer.Stem(word), word));

    internal override string Version => "prose-2";

    internal override IReadOnlySet<string> QuestionStopWords => StopWords.Questions;

    internal override void Analyze(ReadOnlySpan<char> text, List<Term> into)
    {
        Span<char> lower = stackalloc char[LongestWord];
        for (var index = 0; index < text.Length;)
        {
            var start = index;
            while (index < text.Length && WordCharacters.LengthAt(text, index) is var length and > 0)
            {
                index += length;
            }

            if (index == start)
            {
                index++;
            }
            else if (_terms[WordCharacters.Lower(text[start..index], lower)] is { } term)
            {
                into.Add(term);
            }
        }
    }
}
