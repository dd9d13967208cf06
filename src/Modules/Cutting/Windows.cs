namespace Tessera.Modules.Cutting;

/// <summary>Cuts text into windows at the best seam: a blank line, a line's end, a sentence's end, a space.</summary>
internal static class Windows
{
    /// <summary>Ranges that hold all of the text's characters but white space at their ends, each at most <paramref name="maximum"/> long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">First offset.</param>
    /// <param name="end">Offset just behind the last.</param>
    /// <param name="maximum">Longest window, UTF-16 code units, at least 2.</param>
    public static IEnumerable<(int Start, int End)> Cut(string text, int start, int end, int maximum)
    {
        while (Trim(text, start, end) is { } rest)
        {
            var cut = rest.End - rest.Start <= maximum ? rest.End : Seam(text, rest.Start, rest.Start + maximum);
            if (Trim(text, rest.Start, cut) is { } window)
            {
                yield return window;
            }

            // White space at the end is passed once, not once a window.
            (start, end) = (cut, rest.End);
        }
    }

    /// <summary>The range without white space at its ends; null where nothing is left.</summary>
    public static (int Start, int End)? Trim(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return start < end ? (start, end) : null;
    }

    private static int Seam(string text, int start, int limit)
    {
        var earliest = start + ((limit - start) / 3);
        var line = -1;
        var sentence = -1;
        var space = -1;
        for (var i = limit - 1; i >= earliest; i--)
        {
            if (text[i] == '\n')
            {
                if (text[i - 1] == '\n')
                {
                    return i + 1;
                }

                line = line < 0 ? i + 1 : line;
            }
            else if (char.IsWhiteSpace(text[i]))
            {
                space = space < 0 ? i + 1 : space;
                if (sentence < 0 && text[i - 1] is '.' or ';' or '!' or '?')
                {
                    sentence = i + 1;
                }
            }
        }

        var seam = line >= 0 ? line : sentence >= 0 ? sentence : space >= 0 ? space : limit;
        return char.IsLowSurrogate(text[seam]) ? seam - 1 : seam;
    }
}
