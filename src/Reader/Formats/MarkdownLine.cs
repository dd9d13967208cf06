using System.Buffers;
using System.Net;
using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Takes Markdown's marks off running text: emphasis, code, links, images, tags, escapes. Linear in the text's length.</summary>
internal static class MarkdownLine
{
    private const char Removed = '\uFFFF';
    private const int LongestTag = 1_000;
    private const int LongestCode = 2_000;
    private const int MostOpenLinks = 32;

    private static readonly SearchValues<char> Marks = SearchValues.Create("\\`*_~[<&!");

    public static string Plain(string markdown)
    {
        if (markdown.AsSpan().IndexOfAny(Marks) < 0)
        {
            return markdown;
        }

        // As long as the input, so that it stays in one piece and is changed by index at no cost.
        var output = new StringBuilder(markdown.Length);
        var links = new Stack<int>();
        var marks = new Dictionary<(char Mark, int Length), Stack<int>>();
        for (var i = 0; i < markdown.Length; i++)
        {
            var c = markdown[i];
            switch (c)
            {
                case '\\' when i + 1 < markdown.Length && char.IsAscii(markdown[i + 1]) && (char.IsPunctuation(markdown[i + 1]) || char.IsSymbol(markdown[i + 1])):
                    output.Append(markdown[++i]);
                    break;
                case '`':
                    i = TakeCode(markdown, i, output);
                    break;
                case '*' or '_' or '~':
                    i = TakeMarks(markdown, i, output, marks);
                    break;
                case '<':
                    i = TakeTag(markdown, i, output);
                    break;
                case '[' when links.Count < MostOpenLinks:
                    links.Push(output.Length);
                    output.Append(c);
                    break;
                case ']' when links.TryPop(out var open):
                    i = TakeLink(markdown, i, output, open);
                    break;
                default:
                    output.Append(c);
                    break;
            }
        }

        output.Replace(Removed.ToString(), "");
        return markdown.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(output.ToString()) : output.ToString();
    }

    private static int TakeCode(string text, int start, StringBuilder output)
    {
        var length = RunLength(text, start);
        var from = start + length;
        for (var i = from; i < text.Length && i < from + LongestCode; i++)
        {
            if (text[i] == '`')
            {
                var run = RunLength(text, i);
                if (run == length)
                {
                    output.Append(text.AsSpan(from, i - from).Trim());
                    return i + run - 1;
                }

                i += run - 1;
            }
        }

        output.Append('`', length);
        return from - 1;
    }

    private static int TakeMarks(string text, int start, StringBuilder output, Dictionary<(char Mark, int Length), Stack<int>> marks)
    {
        var mark = text[start];
        var length = RunLength(text, start);
        var before = start > 0 ? text[start - 1] : ' ';
        var after = start + length < text.Length ? text[start + length] : ' ';
        var canClose = !char.IsWhiteSpace(before) && (mark != '_' || !char.IsLetterOrDigit(after));
        var canOpen = !char.IsWhiteSpace(after) && (mark != '_' || !char.IsLetterOrDigit(before)) && (mark != '~' || length > 1);
        var open = marks.TryGetValue((mark, length), out var known) ? known : marks[(mark, length)] = new Stack<int>();
        if (canClose && open.TryPop(out var opener))
        {
            for (var i = 0; i < length; i++)
            {
                output[opener + i] = Removed;
            }
        }
        else
        {
            if (canOpen)
            {
                open.Push(output.Length);
            }

            output.Append(mark, length);
        }

        return start + length - 1;
    }

    /// <summary>Tags go; addresses in angle brackets stay.</summary>
    private static int TakeTag(string text, int start, StringBuilder output)
    {
        var within = text.AsSpan(start, Math.Min(LongestTag, text.Length - start));
        var end = within.IndexOf('>');
        if (end < 2 || !(char.IsAsciiLetter(within[1]) || within[1] is '/' or '!'))
        {
            output.Append('<');
            return start;
        }

        var inner = within[1..end];
        if (inner.IndexOfAny(' ', '<') < 0 && (inner.Contains("://", StringComparison.Ordinal) || inner.Contains('@')))
        {
            output.Append(inner);
        }

        return start + end;
    }

    /// <summary>At the bracket that closes: the text stays, the address behind it goes. Brackets with no address stay, as citations do.</summary>
    private static int TakeLink(string text, int at, StringBuilder output, int open)
    {
        var end = at + 1 < text.Length ? text[at + 1] switch { '(' => CloseOf(text, at + 1, ')'), '[' => CloseOf(text, at + 1, ']'), _ => -1 } : -1;
        if (end < 0)
        {
            output.Append(']');
            return at;
        }

        output[open] = Removed;
        if (open > 0 && output[open - 1] == '!')
        {
            output[open - 1] = Removed;
        }

        return end;
    }

    private static int CloseOf(string text, int start, char close)
    {
        var depth = 0;
        for (var i = start; i < text.Length && i < start + LongestTag; i++)
        {
            depth += text[i] == text[start] ? 1 : text[i] == close ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static int RunLength(string text, int start)
    {
        var end = start;
        while (end < text.Length && text[end] == text[start])
        {
            end++;
        }

        return end - start;
    }
}
