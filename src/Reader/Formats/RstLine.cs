using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>What a line of reStructuredText is, and its text without marks.</summary>
internal static class RstLine
{
    private const int LongestMark = 1_000;

    /// <summary>A line of one repeated punctuation character, as under titles and between paragraphs.</summary>
    public static bool IsAdornment(string line) =>
        line.Length >= 2 && char.IsAscii(line[0]) && (char.IsPunctuation(line[0]) || char.IsSymbol(line[0]))
        && line.AsSpan().IndexOfAnyExcept(line[0]) < 0 && !line.Equals("::", StringComparison.Ordinal) && !line.Equals("..", StringComparison.Ordinal);

    /// <summary>The marker to show for a list's item or a field, and how many characters it takes; null for other lines.</summary>
    public static (string Marker, int Width)? Item(string line)
    {
        if (line.Length > 2 && line[0] is '*' or '-' or '+' or '•' && line.Length > 2 && line[1] == ' ')
        {
            return ("-", 2);
        }

        if (line is [':', not (' ' or ':' or '`'), ..] && line.IndexOf(": ", 1, StringComparison.Ordinal) is > 0 and < 60 and var field)
        {
            return (line[1..field] + ":", field + 2);
        }

        var start = line.StartsWith('(') ? 1 : 0;
        var end = start;
        while (end < line.Length && end < start + 5 && char.IsAsciiLetterOrDigit(line[end]))
        {
            end++;
        }

        var hash = start < line.Length && line[start] == '#' ? start + 1 : end;
        var isNumber = hash > start && (char.IsAsciiDigit(line[start]) || line[start] == '#' || hash - start == 1);
        return isNumber && hash + 1 < line.Length && line[hash] is '.' or ')' && line[hash + 1] == ' '
            ? (line[..(hash + 1)], hash + 2)
            : null;
    }

    /// <summary>Text without marks of emphasis, code, roles and links.</summary>
    public static string Plain(string text)
    {
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when i + 1 < text.Length:
                    output.Append(text[++i] == ' ' ? "" : text[i].ToString());
                    break;
                case '`':
                    i = TakeQuoted(text, i, output);
                    break;
                case '*' when Close(text, i) is > 0 and var close:
                    var width = text[i + 1] == '*' ? 2 : 1;
                    output.Append(text.AsSpan(i + width, close - i - width));
                    i = close + width - 1;
                    break;
                case ':' when RoleEnd(text, i) is > 0 and var role:
                    i = role;
                    break;
                case '_' when i > 0 && (text[i - 1] is '`' or ']' || char.IsLetterOrDigit(text[i - 1])) && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1]) && text[i + 1] != '_'):
                    break;
                default:
                    output.Append(text[i]);
                    break;
            }
        }

        return output.ToString();
    }

    /// <summary>Where the emphasis that begins here ends; -1 where none does.</summary>
    private static int Close(string text, int start)
    {
        var width = start + 1 < text.Length && text[start + 1] == '*' ? 2 : 1;
        var from = start + width;
        if (from >= text.Length || char.IsWhiteSpace(text[from]) || (start > 0 && char.IsLetterOrDigit(text[start - 1])))
        {
            return -1;
        }

        var close = text.IndexOf(width == 2 ? "**" : "*", from, Math.Min(LongestMark, text.Length - from), StringComparison.Ordinal);
        return close > from && !char.IsWhiteSpace(text[close - 1]) ? close : -1;
    }

    private static int TakeQuoted(string text, int start, StringBuilder output)
    {
        var mark = start + 1 < text.Length && text[start + 1] == '`' ? "``" : "`";
        var from = start + mark.Length;
        var end = from >= text.Length ? -1 : text.IndexOf(mark, from, Math.Min(LongestMark, text.Length - from), StringComparison.Ordinal);
        if (end < 0)
        {
            output.Append('`');
            return start;
        }

        var inner = text.AsSpan(from, end - from);
        var target = mark.Length == 1 && inner.EndsWith(">") ? inner.IndexOf(" <") : -1;
        output.Append(target > 0 ? inner[..target] : inner);
        var last = end + mark.Length - 1;
        while (last + 1 < text.Length && text[last + 1] == '_' && last < end + mark.Length + 1)
        {
            last++;
        }

        return last;
    }

    /// <summary>At <c>:role:`</c>: the place of the second colon.</summary>
    private static int RoleEnd(string text, int start)
    {
        for (var i = start + 1; i < text.Length && i < start + 40; i++)
        {
            if (text[i] == ':')
            {
                return i > start + 1 && i + 1 < text.Length && text[i + 1] == '`' ? i : -1;
            }

            if (!char.IsLetterOrDigit(text[i]) && text[i] is not ('-' or '.' or '+'))
            {
                return -1;
            }
        }

        return -1;
    }
}
