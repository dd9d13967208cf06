namespace Tessera.Reader.Code;

/// <summary>A source file: its cleaned text, the same text with all that is no code blanked, and its lines.</summary>
internal sealed class CodeText
{
    private readonly int[] _lines;

    public CodeText(string text, Language language)
    {
        (Text, Language) = (text, language);
        var mask = new CodeMask(text, language);
        mask.Run();
        Mask = new string(mask.Result);
        HoleDepth = mask.HoleDepth;
        var lines = new List<int> { 0 };
        for (var i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1))
        {
            lines.Add(i + 1);
        }

        _lines = [.. lines];
    }

    public string Text { get; }

    /// <summary>As long as <see cref="Text"/>: comments are spaces, strings are quotation marks; so are the newlines in both.</summary>
    public string Mask { get; }

    public Language Language { get; }

    /// <summary>How deep code stood in strings in code.</summary>
    public int HoleDepth { get; }

    public int LineCount => _lines.Length;

    /// <summary>Offset of a 0-based line's first character.</summary>
    public int StartOf(int line) => line < _lines.Length ? _lines[line] : Text.Length;

    /// <summary>Offset just behind a line's last character, its newline not included.</summary>
    public int EndOf(int line) => line + 1 < _lines.Length ? _lines[line + 1] - 1 : Text.Length;

    /// <summary>The 0-based line of an offset.</summary>
    public int LineOf(int offset)
    {
        var found = Array.BinarySearch(_lines, offset);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>Whether the line holds a comment and nothing else.</summary>
    public bool IsComment(int line)
    {
        var (start, end) = (StartOf(line), EndOf(line));
        return Mask.AsSpan(start, end - start).IsWhiteSpace() && !Text.AsSpan(start, end - start).IsWhiteSpace();
    }

    /// <summary>Whether the line begins inside a string.</summary>
    public bool BeginsInString(int line) => line > 0 && Mask[StartOf(line) - 1] == CodeMask.StringSign;

    /// <summary>A stretch of code without its comments on one line.</summary>
    public string OnOneLine(int start, int end)
    {
        const int Longest = 300;
        var result = new System.Text.StringBuilder();
        for (var i = start; i < end && result.Length < Longest; i++)
        {
            var c = Mask[i] == CodeMask.CommentSign ? ' ' : Text[i];
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
}
