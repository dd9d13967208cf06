namespace Tessera.Reader.Code;

/// <summary>
/// Blanks what is no code, so that brackets and words in comments and strings mean nothing. One pass, no recursion: holes in
/// strings (<c>`${…}`</c>) lie on a stack of their own. What is never closed runs to the end of the file.
/// </summary>
internal sealed class CodeMask(string text, Language language)
{
    public const char CommentSign = ' ';
    public const char StringSign = '"';

    private readonly Stack<(Quote Quote, int Depth)> _holes = new();
    private readonly SpecialStrings _special = new(text, language);
    private Quote? _quote;
    private char _last = '\n';

    /// <summary>The mask; complete after <see cref="Run"/>.</summary>
    public char[] Result { get; } = text.ToCharArray();

    public int HoleDepth { get; private set; }

    public void Run()
    {
        var i = language.Has(CodeTraits.Tags) ? Fill(0, _special.NextTag(0), CommentSign) : 0;
        while (i < text.Length)
        {
            i = _quote is null ? Code(i) : InString(i, _quote);
        }

        if (language.Has(CodeTraits.Directives))
        {
            Directives.Blank(text, Result);
        }
    }

    private int Code(int i)
    {
        var c = text[i];
        if (Comment(i) is { } afterComment)
        {
            return Fill(i, afterComment, _holes.Count > 0 ? StringSign : CommentSign);
        }

        if (_special.End(i, _last) is { } afterString)
        {
            _last = StringSign;
            return Fill(i, afterString, StringSign);
        }

        if (c == '\n' && _special.HeredocEnd(i) is { } afterHeredoc)
        {
            return Fill(i, afterHeredoc, StringSign);
        }

        if ((_special.RawWithHoles(i) ?? Opened(i)) is { } quote)
        {
            _quote = quote;
            return Fill(i, i + quote.Opening.Length, StringSign);
        }

        if (_holes.Count > 0)
        {
            InHole(c);
            Result[i] = StringSign;
        }

        _last = char.IsWhiteSpace(c) ? _last : c;
        return i + 1;
    }

    private int? Comment(int i)
    {
        if (language.BlockComment is { } block && At(i, block.Open))
        {
            return BlockEnd(i + block.Open.Length, block.Open, block.Close);
        }

        foreach (var mark in language.LineComments)
        {
            if (At(i, mark) && IsCommentHere(i))
            {
                var end = text.IndexOf('\n', i);
                end = end < 0 ? text.Length : end;
                var tag = language.Has(CodeTraits.Tags) ? text.AsSpan(i, end - i).IndexOf("?>", StringComparison.Ordinal) : -1;
                return tag < 0 ? end : i + tag;
            }
        }

        return language.Has(CodeTraits.Tags) && At(i, "?>") ? _special.NextTag(i) : null;
    }

    private bool IsCommentHere(int i) => language.Has(CodeTraits.Shell)
        ? i == 0 || char.IsWhiteSpace(text[i - 1]) || text[i - 1] is ';' or '(' or ')' or '`' or '&' or '|'
        : !(language.Has(CodeTraits.Tags) && At(i, "#["));

    private int BlockEnd(int i, string open, string close)
    {
        for (var depth = 1; i < text.Length; i++)
        {
            if (At(i, close))
            {
                i += close.Length;
                if (--depth == 0)
                {
                    return i;
                }

                i--;
            }
            else if (language.NestsComments && At(i, open))
            {
                depth++;
                i += open.Length - 1;
            }
        }

        return text.Length;
    }

    private Quote? Opened(int i)
    {
        foreach (var quote in language.Quotes)
        {
            if (At(i, quote.Opening) && !(quote.Mark == "'" && language.Has(CodeTraits.LoneApostrophes) && !_special.IsCharacter(i)))
            {
                return quote;
            }
        }

        return null;
    }

    private int InString(int i, Quote quote)
    {
        // A hole first: Swift's begins with the backslash that also escapes.
        if (quote.Hole is { } hole && At(i, hole))
        {
            if (hole.Length == 1 && At(i + 1, hole))
            {
                return Fill(i, i + 2, StringSign);
            }

            _holes.Push((quote, hole.Count(x => x == hole[^1])));
            HoleDepth = Math.Max(HoleDepth, _holes.Count);
            _quote = null;
            _last = '(';
            return Fill(i, i + hole.Length, StringSign);
        }

        if (quote.Escapes && text[i] == '\\')
        {
            return Fill(i, i + 2, StringSign);
        }

        if (At(i, quote.Mark))
        {
            var isDoubled = quote.Doubles && At(i + 1, quote.Mark);
            _quote = isDoubled ? quote : null;
            _last = StringSign;
            return Fill(i, i + (quote.Mark.Length * (isDoubled ? 2 : 1)), StringSign);
        }

        if (text[i] == '\n' && !quote.IsMultiline)
        {
            _quote = null;
            return i;
        }

        return Fill(i, i + 1, StringSign);
    }

    private void InHole(char c)
    {
        var (quote, depth) = _holes.Pop();
        depth += c == quote.Hole![^1] ? 1 : c == quote.HoleEnd ? -1 : 0;
        if (depth > 0)
        {
            _holes.Push((quote, depth));
        }
        else
        {
            _quote = quote;
        }
    }

    private bool At(int i, string mark) => string.CompareOrdinal(text, i, mark, 0, mark.Length) == 0;

    private int Fill(int start, int end, char sign)
    {
        end = Math.Min(end, text.Length);
        Result.AsSpan(start, end - start).Fill(sign);
        return end;
    }
}
