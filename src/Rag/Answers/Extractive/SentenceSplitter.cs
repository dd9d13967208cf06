using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>
/// Cuts prose into what can be quoted: sentences, list items, rows of tables, headings. Offsets stay those of the text. Linear in its
/// length.
/// </summary>
internal static class SentenceSplitter
{
    /// <summary>No sentence is longer; a longer one is cut where a clause ends. UTF-16 code units.</summary>
    public const int Longest = 420;

    // A line shorter than this that is followed by a capital is a heading, an address, a list: not wrapped prose.
    private const int WrappedLine = 50;
    private const int LongestAbbreviation = 8;
    private const int RunInHeading = 70;
    private const int RunInHeadingWords = 8;
    private const int LongestNote = 16;

    private static readonly HashSet<string> Abbreviations = ReadList();
    private static readonly string[] Verbs =
        ["is", "are", "was", "were", "shall", "may", "must", "will", "can", "has", "have", "should", "do", "does"];

    /// <summary>The sentences in order, without white space at their ends; together they hold every other character.</summary>
    public static IEnumerable<TextSpan> Split(string text) => Sentences(text).SelectMany(span => Cut(text, span.Start, span.End));

    /// <summary>As <see cref="Split"/>, but a sentence stays whole however long it is.</summary>
    public static IEnumerable<TextSpan> Whole(string text) =>
        Sentences(text).Select(span => TextSpan.Trim(text, span.Start, span.End)).OfType<TextSpan>();

    private static IEnumerable<(int Start, int End)> Sentences(string text)
    {
        var start = -1;
        var lineStart = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (start < 0 && !char.IsWhiteSpace(text[index]))
            {
                start = index;
            }

            var end = index + 1;
            var ends = false;
            if (text[index] == '\n')
            {
                ends = EndsWithLine(text, lineStart, index);
                lineStart = end;
            }
            else if (text[index] is '.' or '!' or '?' or '…')
            {
                end = BehindClosers(text, end);
                ends = EndsSentence(text, start, index, end);
            }

            if (ends && start >= 0)
            {
                yield return (start, end);
                start = -1;
            }

            index = end - 1;
        }

        if (start >= 0)
        {
            yield return (start, text.Length);
        }
    }

    // Lines that a page's width broke belong together; items, rows, headings and paragraphs do not.
    private static bool EndsWithLine(string text, int lineStart, int lineEnd)
    {
        var line = text.AsSpan(lineStart, lineEnd - lineStart).Trim();
        var rest = text.AsSpan(lineEnd + 1);
        var length = rest.IndexOf('\n');
        var next = (length < 0 ? rest : rest[..length]).TrimStart();
        return line.IsEmpty
            || next.IsEmpty
            || LineStart.IsRow(line)
            || LineStart.IsRow(next)
            || LineStart.MarkerLength(next) > 0
            || line[^1] is '.' or ':' or ';' or '!' or '?'
            || (line.Length < WrappedLine && !char.IsLower(next[0]) && line[^1] != ',');
    }

    private static int BehindClosers(string text, int end)
    {
        while (end < text.Length && text[end] is '.' or '!' or '?' or '…' or '"' or '”' or '’' or '\'' or ')' or ']' or '»')
        {
            end++;
        }

        return BehindNotes(text, end);
    }

    // Marks of references: "shown before.[12,13] The next".
    private static int BehindNotes(string text, int end)
    {
        var index = end;
        while (index < text.Length && index - end < LongestNote && text[index] is '[' or ']' or ',' or '-' or '–' or (>= '0' and <= '9'))
        {
            index++;
        }

        return index > end && text[end] == '[' && text[index - 1] == ']' ? index : end;
    }

    // Whether the sentence from start, with a stop at index, goes no further than end.
    private static bool EndsSentence(string text, int start, int stop, int end)
    {
        if (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            return false;
        }

        var next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        return next == text.Length
            || (!char.IsLower(text[next])
                && text[next] is not (',' or ';' or ')')
                && (text[stop] != '.' || !(IsAbbreviation(text, stop, next) || IsRunInHeading(text, start, stop))));
    }

    private static bool IsAbbreviation(string text, int stop, int next)
    {
        var first = stop;
        while (first > 0 && stop - first <= LongestAbbreviation && (char.IsLetterOrDigit(text[first - 1]) || text[first - 1] == '.'))
        {
            first--;
        }

        var word = text.AsSpan(first, stop - first);
        if (word.Length is 0 or > LongestAbbreviation)
        {
            return false;
        }

        if (word.Length == 1 && char.IsUpper(word[0]))
        {
            return true;
        }

        var lower = word.ToString().ToLowerInvariant();
        return Abbreviations.Contains(lower) && (char.IsDigit(text[next]) || lower != "no");
    }

    // "5.2 Term. This Agreement begins …": the number and the heading stay with what they head.
    private static bool IsRunInHeading(string text, int start, int stop)
    {
        var head = text.AsSpan(start, stop + 1 - start);
        if (head.Length > RunInHeading)
        {
            return false;
        }

        var marker = LineStart.MarkerLength(string.Concat(head, " "));
        return marker > head.Length
            || (marker > 0 && head.Count(' ') < RunInHeadingWords && !head[marker..].Contains(". ", StringComparison.Ordinal) && !HasVerb(head));
    }

    private static bool HasVerb(ReadOnlySpan<char> head)
    {
        foreach (var word in head.Split(' '))
        {
            foreach (var verb in Verbs)
            {
                if (head[word].SequenceEqual(verb))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static IEnumerable<TextSpan> Cut(string text, int start, int end)
    {
        while (TextSpan.Trim(text, start, end) is { } rest)
        {
            var cut = rest.Length <= Longest ? rest.End : ClauseEnd(text, rest.Start, rest.Start + Longest);
            if (TextSpan.Trim(text, rest.Start, cut) is { } sentence)
            {
                yield return sentence;
            }

            // White space at the end is passed once, not once a piece.
            (start, end) = (cut, rest.End);
        }
    }

    private static int ClauseEnd(string text, int start, int limit)
    {
        var earliest = start + (Longest / 3);
        var window = text.AsSpan(earliest, limit - earliest);
        foreach (var border in (string[])["; ", ";\n", ": ", ", ", "\n", " "])
        {
            if (window.LastIndexOf(border, StringComparison.Ordinal) is var at and >= 0)
            {
                return earliest + at + border.Length;
            }
        }

        return char.IsLowSurrogate(text[limit]) ? limit - 1 : limit;
    }

    private static HashSet<string> ReadList()
    {
        using var stream = typeof(SentenceSplitter).Assembly.GetManifestResourceStream("Tessera.Rag.Answers.Extractive.abbreviations.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }
}
