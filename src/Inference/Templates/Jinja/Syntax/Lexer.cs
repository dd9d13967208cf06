namespace Tessera.Inference.Templates.Jinja.Syntax;

/// <summary>
/// Cuts a template into tokens. Whitespace as Hugging Face sets it: a tag on a line of its own leaves nothing of the line (trim_blocks,
/// lstrip_blocks); <c>-</c> at either end of a tag removes all whitespace there, <c>+</c> keeps it; one newline at the end of the file is dropped.
/// </summary>
internal sealed class Lexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;
    private bool _atLineStart = true;

    private Lexer(string source) => _source = source;

    /// <exception cref="SyntaxException">A tag, string or comment is not closed, or a character means nothing.</exception>
    public static List<Token> Read(string source)
    {
        var lines = source.ReplaceLineEndings("\n");
        var lexer = new Lexer(lines.EndsWith('\n') ? lines[..^1] : lines);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        while (_at < _source.Length)
        {
            var open = NextTag();
            if (open < 0)
            {
                Data(_source[_at..]);
                break;
            }

            Open(open);
        }

        _tokens.Add(new Token(TokenKind.End, "", _line));
    }

    private int NextTag()
    {
        for (var at = _source.IndexOf('{', _at); at >= 0 && at + 1 < _source.Length; at = _source.IndexOf('{', at + 1))
        {
            if (_source[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return -1;
    }

    private void Open(int open)
    {
        var kind = _source[open + 1];
        var sign = open + 2 < _source.Length ? _source[open + 2] : ' ';
        var signed = sign is '-' || (sign is '+' && kind != '{');
        Data(Before(_source[_at..open], kind, signed ? sign : ' '));
        _at = open + (signed ? 3 : 2);
        _atLineStart = false;
        if (kind == '#')
        {
            Comment();
        }
        else if (kind == '%' && RawLength() is var raw and > 0)
        {
            _at += raw;
            Raw();
        }
        else
        {
            Tag(kind == '%');
        }
    }

    private string Before(string text, char kind, char sign)
    {
        if (sign == '-')
        {
            // The lines that go are lines all the same.
            var kept = text.TrimEnd();
            _line += text.AsSpan(kept.Length).Count('\n');
            return kept;
        }

        if (sign == '+' || kind == '{')
        {
            return text;
        }

        var start = text.LastIndexOf('\n') + 1;
        return (start > 0 || _atLineStart) && text.AsSpan(start).IsWhiteSpace() ? text[..start] : text;
    }

    private void Data(string text)
    {
        if (text.Length > 0)
        {
            _tokens.Add(new Token(TokenKind.Data, text, _line));
            _line += text.AsSpan().Count('\n');
        }
    }

    private void Comment()
    {
        var end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new SyntaxException(_line, "a comment is not closed");
        }

        _line += _source.AsSpan(_at, end - _at).Count('\n');
        var sign = end > _at ? _source[end - 1] : ' ';
        _at = end + 2;
        After(sign, dropsNewline: true);
    }

    /// <summary>What a tag does to the text after it.</summary>
    private void After(char sign, bool dropsNewline)
    {
        var start = _at;
        if (sign == '-')
        {
            while (_at < _source.Length && char.IsWhiteSpace(_source[_at]))
            {
                _at++;
            }
        }
        else if (dropsNewline && sign != '+' && _at < _source.Length && _source[_at] == '\n')
        {
            _at++;
        }

        _line += _source.AsSpan(start, _at - start).Count('\n');
        _atLineStart = _at > start && _source[_at - 1] == '\n';
    }

    private int RawLength() => TagNamed("raw", _at) is var end and > 0 ? end - _at : 0;

    /// <summary>Where a tag that holds just this name ends, or 0; an opening sign is behind us.</summary>
    private int TagNamed(string name, int from)
    {
        var at = from;
        while (at < _source.Length && char.IsWhiteSpace(_source[at]))
        {
            at++;
        }

        if (string.CompareOrdinal(_source, at, name, 0, name.Length) != 0)
        {
            return 0;
        }

        at += name.Length;
        while (at < _source.Length && char.IsWhiteSpace(_source[at]))
        {
            at++;
        }

        at += at < _source.Length && _source[at] is '-' or '+' ? 1 : 0;
        return string.CompareOrdinal(_source, at, "%}", 0, 2) == 0 ? at + 2 : 0;
    }

    private void Raw()
    {
        After(_source[_at - 3], dropsNewline: true);
        for (var open = _source.IndexOf("{%", _at, StringComparison.Ordinal); open >= 0; open = _source.IndexOf("{%", open + 2, StringComparison.Ordinal))
        {
            var sign = open + 2 < _source.Length ? _source[open + 2] : ' ';
            var end = TagNamed("endraw", open + (sign is '-' or '+' ? 3 : 2));
            if (end > 0)
            {
                Data(Before(_source[_at..open], '%', sign));
                _line += _source.AsSpan(open, end - open).Count('\n');
                _at = end;
                After(_source[end - 3], dropsNewline: true);
                return;
            }
        }

        throw new SyntaxException(_line, "'raw' is not closed by 'endraw'");
    }

    private void Tag(bool isBlock)
    {
        _tokens.Add(new Token(isBlock ? TokenKind.BlockBegin : TokenKind.PrintBegin, isBlock ? "{%" : "{{", _line));
        var words = new TagLexer(_source, _at, _line, isBlock ? "%}" : "}}", _tokens);
        var sign = words.Read();
        (_at, _line) = (words.At, words.Line);
        _tokens.Add(new Token(isBlock ? TokenKind.BlockEnd : TokenKind.PrintEnd, isBlock ? "%}" : "}}", _line));
        After(sign, dropsNewline: isBlock);
    }
}
