namespace Tessera.Rag.Answers.Extractive;

/// <summary>Cuts code into what is read together: lines up to a blank one, never a part of a line unless the line is too long.</summary>
internal static class CodeBlocks
{
    /// <summary>No block is longer. UTF-16 code units.</summary>
    public const int Longest = 420;

    /// <summary>The blocks in order, without white space at their ends; together they hold every other character.</summary>
    public static IEnumerable<TextSpan> Split(string text)
    {
        var start = 0;
        for (var line = 0; line < text.Length;)
        {
            var newline = text.IndexOf('\n', line);
            var end = newline < 0 ? text.Length : newline + 1;
            if (end - start > Longest && line > start)
            {
                foreach (var block in Cut(text, start, line))
                {
                    yield return block;
                }

                start = line;
            }
            else if (text.AsSpan(line, end - line).IsWhiteSpace())
            {
                foreach (var block in Cut(text, start, end))
                {
                    yield return block;
                }

                start = end;
            }

            line = end;
        }

        foreach (var block in Cut(text, start, text.Length))
        {
            yield return block;
        }
    }

    private static IEnumerable<TextSpan> Cut(string text, int start, int end)
    {
        while (TextSpan.Trim(text, start, end) is { } rest)
        {
            var cut = Math.Min(rest.End, rest.Start + Longest);
            cut -= cut < rest.End && char.IsLowSurrogate(text[cut]) ? 1 : 0;
            if (TextSpan.Trim(text, rest.Start, cut) is { } block)
            {
                yield return block;
            }

            // White space at the end is passed once, not once a piece.
            (start, end) = (cut, rest.End);
        }
    }
}
