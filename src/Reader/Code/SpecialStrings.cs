using System.Buffers;

namespace Tessera.Reader.Code;

/// <summary>Strings whose end is not simply their opening mark: raw strings, heredocs, regular expressions.</summary>
internal sealed class SpecialStrings(string text, Language language)
{
    private const int LongestTag = 40;
    private const int LongestRegex = 1000;

    /// <summary>What looks like an opening without an end is searched for so often and no more: reading stays linear.</summary>
    private const int MaximumMisses = 16;

    private static readonly SearchValues<char> BeforeRegex = SearchValues.Create("\n(,=:[!&|?{};+-*%~^");
    private static readonly string[] WordsBeforeRegex = ["return", "typeof", "case", "in", "of", "delete", "void", "throw", "else", "do"];
    private readonly List<string> _heredocs = [];
    private int _misses;

    /// <summary>The offset behind the special string that begins here; null where none does.</summary>
    /// <param name="i">Offset of its first character.</param>
    /// <param name="last">The last character of code before it that is no white space.</param>
    public int? End(int i, char last) => text[i] switch
    {
        '/' when language.Has(CodeTraits.Regexes) => Regex(i, last),
        '<' when language.Has(CodeTraits.Heredocs) => Heredoc(i),
        '$' when language.Has(CodeTraits.DollarQuotes) => Dollar(i),
        '"' when language.Has(CodeTraits.QuotedRaw) => Quoted(i),
        'R' when language.Has(CodeTraits.ParenthesisedRaw) => Parenthesised(i),
        '#' or 'r' when language.Has(CodeTraits.HashedRaw) => Hashed(i),
        _ => null,
    };

    /// <summary>The raw string with holes that begins here, as C# writes it (<c>$$"""{{…}}"""</c>); null where none does.</summary>
    public Quote? RawWithHoles(int i)
    {
        if (text[i] != '$' || !language.Has(CodeTraits.QuotedRaw))
        {
            return null;
        }

        var dollars = Run(i);
        var quotes = Run(i + dollars);
        return dollars > LongestTag || quotes is < 3 or > LongestTag || text[i + dollars] != '"' ? null
            : new Quote(new string('"', quotes), IsMultiline: true, Escapes: false, Hole: new string('{', dollars), Open: text.Substring(i, dollars + quotes));
    }

    /// <summary>The end of the texts that the line just ended has announced; null where it announced none.</summary>
    /// <param name="newline">Offset of the line's end.</param>
    public int? HeredocEnd(int newline)
    {
        if (_heredocs.Count == 0)
        {
            return null;
        }

        var at = newline + 1;
        foreach (var tag in _heredocs)
        {
            at = LineOf(tag, at) is { } end ? end : at;
        }

        _heredocs.Clear();
        return at > newline + 1 ? at : null;
    }

    /// <summary>The offset of the next opening tag of a page with code in it, or the end.</summary>
    public int NextTag(int i)
    {
        var tag = text.IndexOf("<?", i, StringComparison.Ordinal);
        if (tag < 0)
        {
            return text.Length;
        }

        var word = text.AsSpan(tag + 2);
        return tag + 2 + (word.StartsWith("php", StringComparison.OrdinalIgnoreCase) ? 3 : word.StartsWith("=", StringComparison.Ordinal) ? 1 : 0);
    }

    /// <summary>Whether an apostrophe opens a character: it closes again behind one character or an escape.</summary>
    public bool IsCharacter(int i) =>
        i + 2 < text.Length && (text[i + 1] == '\\' || text[i + 2] == '\'' || (char.IsHighSurrogate(text[i + 1]) && i + 3 < text.Length && text[i + 3] == '\''))
        && !(i > 0 && char.IsAsciiDigit(text[i - 1]));

    private int? Regex(int i, char last)
    {
        if (!BeforeRegex.Contains(last) && !EndsWithWord(i))
        {
            return null;
        }

        var isClass = false;
        for (var k = i + 1; k < text.Length && k - i < LongestRegex && text[k] != '\n'; k++)
        {
            switch (text[k])
            {
                case '\\':
                    k++;
                    break;
                case '[':
                    isClass = true;
                    break;
                case ']':
                    isClass = false;
                    break;
                case '/' when !isClass:
                    return k + 1;
            }
        }

        return null;
    }

    private bool EndsWithWord(int i)
    {
        var before = text.AsSpan(Math.Max(0, i - 12), Math.Min(12, i)).TrimEnd();
        foreach (var word in WordsBeforeRegex)
        {
            if (before.EndsWith(word, StringComparison.Ordinal) && !(before.Length > word.Length && char.IsLetterOrDigit(before[^(word.Length + 1)])))
            {
                return true;
            }
        }

        return false;
    }

    private int? Heredoc(int i)
    {
        var rest = text.AsSpan(i, Math.Min(LongestTag, text.Length - i));
        var isPhp = language.Has(CodeTraits.Tags);
        var mark = isPhp ? "<<<" : "<<";
        if (!rest.StartsWith(mark, StringComparison.Ordinal) || (!isPhp && rest.StartsWith("<<<", StringComparison.Ordinal)))
        {
            return null;
        }

        var at = mark.Length;
        while (at < rest.Length && rest[at] is '-' or '~' or '"' or '\'' or '\\' or ' ')
        {
            // Ruby and shells shift with a space behind the sign; PHP allows one.
            if (rest[at] == ' ' && language.Shape == CodeShape.Indents)
            {
                return null;
            }

            at++;
        }

        var start = at;
        while (at < rest.Length && (char.IsLetterOrDigit(rest[at]) || rest[at] == '_'))
        {
            at++;
        }

        if (at == start || char.IsDigit(rest[start]) || (language.Shape == CodeShape.Indents && !char.IsUpper(rest[start])))
        {
            return null;
        }

        _heredocs.Add(rest[start..at].ToString());
        return i + (at < rest.Length && rest[at] is '"' or '\'' ? at + 1 : at);
    }

    private int? LineOf(string tag, int from)
    {
        if (_misses >= MaximumMisses)
        {
            return null;
        }

        for (var start = from; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline;
            var line = text.AsSpan(start, end - start).Trim();
            if (line.StartsWith(tag, StringComparison.Ordinal) && (line.Length == tag.Length || !(char.IsLetterOrDigit(line[tag.Length]) || line[tag.Length] == '_')))
            {
                return start + text.AsSpan(start, end - start).IndexOf(tag, StringComparison.Ordinal) + tag.Length;
            }

            start = end + 1;
        }

        _misses++;
        return null;
    }

    private int? Dollar(int i)
    {
        var end = i + 1;
        while (end < text.Length && end - i < LongestTag && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return end < text.Length && text[end] == '$' && !(end > i + 1 && char.IsDigit(text[i + 1])) ? Find(text[i..(end + 1)], end + 1) : null;
    }

    private int? Quoted(int i)
    {
        var quotes = Run(i);
        return quotes is < 3 or > LongestTag ? null : Find(text.Substring(i, quotes), i + quotes);
    }

    /// <summary>How often a character stands here in a row; no further than what a tag may be long is looked.</summary>
    private int Run(int i)
    {
        var end = i;
        while (end < text.Length && end - i <= LongestTag && text[end] == text[i])
        {
            end++;
        }

        return end - i;
    }

    private int? Parenthesised(int i)
    {
        if (i + 1 >= text.Length || text[i + 1] != '"')
        {
            return null;
        }

        var open = text.AsSpan(i + 2, Math.Min(17, text.Length - i - 2)).IndexOf('(');
        return open < 0 ? null : Find($"){text.AsSpan(i + 2, open)}\"", i + 3 + open);
    }

    private int? Hashed(int i)
    {
        if (i > 0 && (char.IsLetterOrDigit(text[i - 1]) || text[i - 1] == '_') && !(text[i] == 'r' && text[i - 1] is 'b' or 'c'))
        {
            return null;
        }

        var start = text[i] == 'r' ? i + 1 : i;
        var end = start;
        while (end < text.Length && text[end] == '#' && end - start < LongestTag)
        {
            end++;
        }

        return end < text.Length && text[end] == '"' ? Find("\"" + text[start..end], end + 1) : null;
    }

    private int? Find(string close, int from)
    {
        if (_misses >= MaximumMisses)
        {
            return null;
        }

        var at = text.IndexOf(close, from, StringComparison.Ordinal);
        _misses += at < 0 ? 1 : 0;
        return at < 0 ? null : at + close.Length;
    }
}
