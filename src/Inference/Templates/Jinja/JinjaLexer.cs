using System.Text;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>A template → words. Lines are trimmed around tags of blocks, as Hugging Face renders chat templates.</summary>
internal sealed class JinjaLexer
{
    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "//", "**", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ".", ":", "|"];

    private readonly string source;
    private readonly List<JinjaToken> tokens = [];
    private int at;
    private int line = 1;

    private JinjaLexer(string source) => this.source = source;

    public static IReadOnlyList<JinjaToken> Read(string source)
    {
        if (source.Length > JinjaLimits.Source)
        {
            throw JinjaLimits.Exceeded("it is longer than 256 KB");
        }

        var lexer = new JinjaLexer(source.ReplaceLineEndings("\n"));
        lexer.ReadAll();
        return lexer.tokens;
    }

    private void ReadAll()
    {
        var trims = false;
        while (at < source.Length)
        {
            var tag = FindTag(at);
            Text(source[at..(tag < 0 ? source.Length : tag)], tag, trims);
            if (tag < 0)
            {
                break;
            }

            at = tag;
            trims = ReadTag();
        }

        tokens.Add(new JinjaToken(JinjaTokenKind.End, "", line));
    }

    private int FindTag(int from)
    {
        for (var i = source.IndexOf('{', from); i >= 0 && i + 1 < source.Length; i = source.IndexOf('{', i + 1))
        {
            if (source[i + 1] is '{' or '%' or '#')
            {
                return i;
            }
        }

        return -1;
    }

    private void Text(string text, int tag, bool trims)
    {
        var raw = text;
        text = trims ? text.TrimStart() : text;
        if (tag >= 0 && tag + 2 < source.Length && source[tag + 2] == '-')
        {
            text = text.TrimEnd();
        }
        else if (tag >= 0 && source[tag + 1] is '%' or '#' && !(tag + 2 < source.Length && source[tag + 2] == '+'))
        {
            // Blanks before a tag that begins its line.
            var start = text.Length;
            while (start > 0 && text[start - 1] is ' ' or '\t')
            {
                start--;
            }

            var begins = start == 0 ? tag - text.Length == 0 || source[tag - text.Length - 1] == '\n' : text[start - 1] == '\n';
            text = begins ? text[..start] : text;
        }

        if (text.Length > 0)
        {
            tokens.Add(new JinjaToken(JinjaTokenKind.Text, text, line));
        }

        line += raw.Count(letter => letter == '\n');
    }

    // Returns whether blanks behind the tag are dropped.
    private bool ReadTag()
    {
        var kind = source[at + 1];
        if (kind == '#')
        {
            var end = source.IndexOf("#}", at + 2, StringComparison.Ordinal);
            return end < 0 ? throw Bad("a comment is not closed") : Close(end, source[end - 1] == '-', isBlock: true);
        }

        var (open, close, ends) = kind == '%' ? (JinjaTokenKind.OpenBlock, JinjaTokenKind.CloseBlock, "%}") : (JinjaTokenKind.OpenValue, JinjaTokenKind.CloseValue, "}}");
        tokens.Add(new JinjaToken(open, "", line));
        at += 2;
        at += at < source.Length && source[at] is '-' or '+' ? 1 : 0;
        var depth = 0;
        while (true)
        {
            SkipBlanks();
            if (at >= source.Length)
            {
                throw Bad("a tag is not closed");
            }

            var dash = source[at] == '-' && string.CompareOrdinal(source, at + 1, ends, 0, 2) == 0;
            if (dash || (depth == 0 && string.CompareOrdinal(source, at, ends, 0, 2) == 0))
            {
                tokens.Add(new JinjaToken(close, "", line));
                return Close(at + (dash ? 1 : 0), dash, kind == '%');
            }

            depth += ReadWord();
        }
    }

    private bool Close(int end, bool dash, bool isBlock)
    {
        line += source[at..end].Count(letter => letter == '\n');
        at = end + 2;
        if (!dash && isBlock && at < source.Length && source[at] == '\n')
        {
            at++;
            line++;
        }

        return dash;
    }

    // Returns how the depth of braces changes: a closing one may stand before the end of a tag.
    private int ReadWord()
    {
        var letter = source[at];
        if (letter is '"' or '\'')
        {
            ReadString(letter);
            return 0;
        }

        var start = at;
        if (char.IsLetter(letter) || letter == '_')
        {
            while (at < source.Length && (char.IsLetterOrDigit(source[at]) || source[at] == '_'))
            {
                at++;
            }

            tokens.Add(new JinjaToken(JinjaTokenKind.Name, source[start..at], line));
            return 0;
        }

        if (char.IsAsciiDigit(letter))
        {
            while (at < source.Length && (char.IsAsciiDigit(source[at]) || (source[at] == '.' && at + 1 < source.Length && char.IsAsciiDigit(source[at + 1]))))
            {
                at++;
            }

            tokens.Add(new JinjaToken(JinjaTokenKind.Number, source[start..at], line));
            return 0;
        }

        var sign = Array.Find(Signs, sign => string.CompareOrdinal(source, at, sign, 0, sign.Length) == 0) ?? throw Bad($"'{letter}' is not understood");
        at += sign.Length;
        tokens.Add(new JinjaToken(JinjaTokenKind.Sign, sign, line));
        return sign switch { "{" => 1, "}" => -1, _ => 0 };
    }

    private void ReadString(char quote)
    {
        var text = new StringBuilder();
        for (at++; at < source.Length && source[at] != quote; at++)
        {
            line += source[at] == '\n' ? 1 : 0;
            if (source[at] != '\\' || at + 1 >= source.Length)
            {
                text.Append(source[at]);
                continue;
            }

            at++;
            text.Append(source[at] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '\n' => "", 'b' => "\b", 'f' => "\f", '\\' or '"' or '\'' => source[at].ToString(), _ => "\\" + source[at] });
        }

        if (at >= source.Length)
        {
            throw Bad("a string is not closed");
        }

        at++;
        tokens.Add(new JinjaToken(JinjaTokenKind.String, text.ToString(), line));
    }

    private void SkipBlanks()
    {
        for (; at < source.Length && char.IsWhiteSpace(source[at]); at++)
        {
            line += source[at] == '\n' ? 1 : 0;
        }
    }

    private ModelException Bad(string problem) => new(ModelFault.BadTemplate, $"The model's chat template cannot be read at line {line}: {problem}.");
}
