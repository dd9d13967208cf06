using System.Globalization;
using System.Text;

namespace Tessera.Inference.Templates.Jinja.Syntax;

/// <summary>Cuts the inside of one tag into words.</summary>
internal sealed class TagLexer(string source, int at, int line, string close, List<Token> tokens)
{
    private static readonly string[] Long = ["**", "//", "==", "!=", "<=", ">="];
    private int _open;

    /// <summary>Where the next character is.</summary>
    public int At { get; private set; } = at;

    public int Line { get; private set; } = line;

    /// <summary>Reads up to the end of the tag.</summary>
    /// <returns>The sign before it, <c>-</c> or <c>+</c>, or a space.</returns>
    public char Read()
    {
        while (At < source.Length)
        {
            if (_open == 0 && Closed() is { } sign)
            {
                return sign;
            }

            Word();
        }

        throw new SyntaxException(Line, $"a tag is not closed by '{close}'");
    }

    private char? Closed()
    {
        if (string.CompareOrdinal(source, At, close, 0, 2) == 0)
        {
            At += 2;
            return ' ';
        }

        var sign = source[At];
        if ((sign == '-' || (sign == '+' && close == "%}")) && string.CompareOrdinal(source, At + 1, close, 0, 2) == 0)
        {
            At += 3;
            return sign;
        }

        return null;
    }

    private void Word()
    {
        var first = source[At];
        if (char.IsWhiteSpace(first))
        {
            Line += first == '\n' ? 1 : 0;
            At++;
        }
        else if (char.IsLetter(first) || first == '_')
        {
            var start = At;
            Skip(char.IsLetterOrDigit, '_');
            Add(TokenKind.Name, source[start..At]);
        }
        else if (char.IsAsciiDigit(first))
        {
            Number();
        }
        else if (first is '"' or '\'')
        {
            Literal(first);
        }
        else
        {
            Operator();
        }
    }

    private void Skip(Func<char, bool> isPart, char also)
    {
        while (At < source.Length && (isPart(source[At]) || source[At] == also))
        {
            At++;
        }
    }

    private void Number()
    {
        var start = At;

        // The 10 of "list.10" is an index; what follows it is no fraction.
        var isIndex = tokens.Count > 0 && tokens[^1] is { Kind: TokenKind.Operator, Text: "." };
        Skip(char.IsAsciiDigit, '_');
        var isReal = false;
        if (!isIndex && At + 1 < source.Length && source[At] == '.' && char.IsAsciiDigit(source[At + 1]))
        {
            isReal = true;
            At++;
            Skip(char.IsAsciiDigit, '_');
        }

        if (!isIndex && At + 1 < source.Length && source[At] is 'e' or 'E')
        {
            var digits = At + (source[At + 1] is '+' or '-' ? 2 : 1);
            if (digits < source.Length && char.IsAsciiDigit(source[digits]))
            {
                isReal = true;
                At = digits;
                Skip(char.IsAsciiDigit, '_');
            }
        }

        Add(isReal ? TokenKind.Real : TokenKind.Whole, source[start..At].Replace("_", "", StringComparison.Ordinal));
    }

    private void Operator()
    {
        foreach (var two in Long)
        {
            if (string.CompareOrdinal(source, At, two, 0, 2) == 0)
            {
                Add(TokenKind.Operator, two);
                At += 2;
                return;
            }
        }

        var one = source[At];
        if (!"+-*/%~<>=.,:|()[]{}".Contains(one, StringComparison.Ordinal))
        {
            throw new SyntaxException(Line, $"the character '{one}' means nothing here");
        }

        _open += one is '(' or '[' or '{' ? 1 : one is ')' or ']' or '}' ? -1 : 0;
        if (_open < 0)
        {
            throw new SyntaxException(Line, $"'{one}' closes nothing");
        }

        Add(TokenKind.Operator, one.ToString());
        At++;
    }

    private void Literal(char quote)
    {
        var from = Line;
        var text = new StringBuilder();
        for (At++; At < source.Length; At++)
        {
            var next = source[At];
            if (next == quote)
            {
                At++;
                tokens.Add(new Token(TokenKind.Text, text.ToString(), from));
                return;
            }

            Line += next == '\n' ? 1 : 0;
            if (next == '\\' && At + 1 < source.Length)
            {
                At++;
                Escape(text);
            }
            else
            {
                text.Append(next);
            }
        }

        throw new SyntaxException(from, "a string is not closed");
    }

    private void Escape(StringBuilder text)
    {
        var kind = source[At];
        Line += kind == '\n' ? 1 : 0;
        var hex = kind switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (hex > 0 && At + hex < source.Length
            && int.TryParse(source.AsSpan(At + 1, hex), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && code is >= 0 and <= 0x10FFFF)
        {
            text.Append(code is >= 0xD800 and <= 0xFFFF or < 0xD800 ? ((char)code).ToString() : char.ConvertFromUtf32(code));
            At += hex;
            return;
        }

        text.Append(kind switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            'b' => "\b",
            'f' => "\f",
            'v' => "\v",
            'a' => "\a",
            '0' => "\0",
            '\n' => "",
            '\\' or '\'' or '"' => kind.ToString(),
            _ => "\\" + kind,
        });
    }

    private void Add(TokenKind kind, string text) => tokens.Add(new Token(kind, text, Line));
}
