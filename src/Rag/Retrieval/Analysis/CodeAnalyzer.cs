namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>
/// Identifiers: the whole name and, where it has several, its parts (cut at case, underscore and digits), lower case; parts stemmed.
/// </summary>
internal sealed class CodeAnalyzer : TextAnalyzer
{
    private readonly TermCache _parts = new(word => StopWords.English.Contains(word) ? null : new Term(PorterStemmer.Stem(word)));
    private readonly TermCache _names = new(name => new Term(name));

    internal override string Version => "code-1";

    internal override void Analyze(ReadOnlySpan<char> text, List<Term> into)
    {
        for (var index = 0; index < text.Length;)
        {
            var start = index;
            var end = index;
            while (index < text.Length)
            {
                if (WordCharacters.LengthAt(text, index) is var length and > 0)
                {
                    index += length;
                    end = index;
                }
                else if (text[index] == '_')
                {
                    start = end == start && index == start ? index + 1 : start;
                    index++;
                    end = Math.Max(end, start);
                }
                else
                {
                    break;
                }
            }

            if (end > start)
            {
                Name(text[start..end], into);
            }

            index += index < text.Length ? 1 : 0;
        }
    }

    private void Name(ReadOnlySpan<char> name, List<Term> into)
    {
        Span<char> lower = stackalloc char[LongestWord];
        var end = PartEnd(name, 0);
        if (end < name.Length)
        {
            into.Add(_names[WordCharacters.Lower(name, lower)]!);
        }

        for (var start = 0; start < name.Length; start = end)
        {
            while (name[start] == '_')
            {
                start++;
            }

            end = PartEnd(name, start);
            if (_parts[WordCharacters.Lower(name[start..end], lower)] is { } term)
            {
                into.Add(term);
            }
        }
    }

    // parseHTTPHeader2 = parse, HTTP, Header, 2.
    private static int PartEnd(ReadOnlySpan<char> name, int start)
    {
        var end = start + 1;
        for (; end < name.Length && name[end] != '_'; end++)
        {
            var before = name[end - 1];
            var here = name[end];
            var camel = char.IsUpper(here) && !char.IsUpper(before);
            var acronym = char.IsUpper(before) && char.IsUpper(here) && end + 1 < name.Length && char.IsLower(name[end + 1]);
            if (camel || acronym || char.IsDigit(here) != char.IsDigit(before))
            {
                break;
            }
        }

        return end;
    }
}
