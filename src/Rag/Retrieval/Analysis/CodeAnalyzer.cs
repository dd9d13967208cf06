using System.Buffers;

namespace Tessera.Rag.Retrieval.Analysis;

/// <summary>
/// Identifiers: the whole name and, where it has several, its parts (cut at case, underscore and digits), lower case; parts stemmed.
/// Operators of two characters and more, such as <c>=&gt;</c> and <c>??</c>; single ones stand everywhere and tell nothing.
/// </summary>
internal sealed class CodeAnalyzer : TextAnalyzer
{
    // Longer ones are ruled lines.
    private const int LongestOperator = 4;
    private static readonly SearchValues<char> OperatorCharacters = SearchValues.Create("+-*/%=<>!&|^~?:");

    private readonly TermCache _parts = new(word => StopWords.English.Contains(word) ? null : new Term(PorterStemmer.Stem(word), word));
    private readonly TermCache _names = new(name => new Term(name));

    internal override string Version => "code-3";

    internal override IReadOnlySet<string> QuestionStopWords => StopWords.CodeQuestions;

    internal override void Analyze(ReadOnlySpan<char> text, List<Term> into)
    {
        while (!text.IsEmpty)
        {
            var length = NameLength(text);
            if (length > 0)
            {
                Name(text[..length], into);
            }
            else if ((length = OperatorLength(text)) is > 1 and <= LongestOperator)
            {
                into.Add(_names[text[..length]]!);
            }

            text = text[Math.Max(1, length)..];
        }
    }

    // Letters and digits, joined by underscores.
    private static int NameLength(ReadOnlySpan<char> text)
    {
        var end = 0;
        for (var index = 0; index < text.Length;)
        {
            if (WordCharacters.LengthAt(text, index) is var length and > 0)
            {
                end = index += length;
            }
            else if (text[index] == '_' && end > 0)
            {
                index++;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private static int OperatorLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(OperatorCharacters);
        return length < 0 ? text.Length : length;
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
