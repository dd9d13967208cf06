using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>
/// Cuts Markdown into pieces that Markdig reads in bounded time and memory: at blank lines, with indentation and runs of link
/// definitions broken where they go beyond anything that people write.
/// </summary>
internal static class MarkdownPieces
{
    private const int LongestPiece = 500_000;
    private const int DeepestIndent = 80;
    private const int LongestRun = 100;

    /// <summary>The pieces in order; newlines must be <c>\n</c>.</summary>
    public static IEnumerable<string> Of(string markdown)
    {
        for (var start = 0; start < markdown.Length;)
        {
            var length = Length(markdown.AsSpan(start));
            yield return Tame(markdown.AsSpan(start, length));
            start += length;
        }
    }

    private static int Length(ReadOnlySpan<char> rest)
    {
        if (rest.Length <= LongestPiece)
        {
            return rest.Length;
        }

        var window = rest[..LongestPiece];
        var blank = window.LastIndexOf("\n\n") + 2;
        var line = window.LastIndexOf('\n') + 1;
        return blank > 2 ? blank : line > 0 ? line : char.IsHighSurrogate(window[^1]) ? LongestPiece - 1 : LongestPiece;
    }

    private static string Tame(ReadOnlySpan<char> piece)
    {
        var result = new StringBuilder(piece.Length + 16);
        var run = 0;
        foreach (var range in piece.Split('\n'))
        {
            var line = piece[range];
            var text = line.TrimStart(" \t");
            run = text is ['[', ..] ? run + 1 : 0;
            if (run > 0 && run % LongestRun == 0)
            {
                result.Append('\n');
            }

            result.Append(line.Length - text.Length > DeepestIndent ? line[(line.Length - text.Length - DeepestIndent)..] : line).Append('\n');
        }

        return result.ToString();
    }
}
