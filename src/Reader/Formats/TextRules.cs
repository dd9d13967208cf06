using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>The rules that every text in the platform keeps.</summary>
internal static class TextRules
{
    /// <summary>
    /// Newlines to <c>\n</c>; control characters but tab and newline dropped, lone surrogates and noncharacters to U+FFFD;
    /// white space at line ends, and blank lines at both ends, trimmed.
    /// </summary>
    public static string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\r' or '\n' or '\u2028' or '\u2029' or '\u0085')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                {
                    i++;
                }

                TrimLineEnd(result);
                result.Append('\n');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result.Append(c).Append(text[++i]);
            }
            else if (char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF')
            {
                result.Append('\uFFFD');
            }
            else if (c == '\f' || c == '\v')
            {
                result.Append(' ');
            }
            else if (c == '\t' || !char.IsControl(c))
            {
                result.Append(c);
            }
        }

        TrimLineEnd(result);
        return TrimBlankLines(result.ToString());
    }

    /// <summary>The text on one line: runs of white space become one space.</summary>
    public static string Line(string text)
    {
        var clean = Clean(text);
        var result = new StringBuilder(clean.Length);
        foreach (var c in clean)
        {
            if (!char.IsWhiteSpace(c))
            {
                result.Append(c);
            }
            else if (result.Length > 0 && result[^1] != ' ')
            {
                result.Append(' ');
            }
        }

        return result.ToString().TrimEnd();
    }

    private static void TrimLineEnd(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] is ' ' or '\t' or '\u00A0')
        {
            text.Length--;
        }
    }

    private static string TrimBlankLines(string text)
    {
        var first = 0;
        for (var i = 0; i < text.Length && char.IsWhiteSpace(text[i]); i++)
        {
            if (text[i] == '\n')
            {
                first = i + 1;
            }
        }

        var trimmed = text.AsSpan(first).TrimEnd();
        return trimmed.IsWhiteSpace() ? "" : trimmed.ToString();
    }
}
