using System.Buffers;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>Cuts prose into sentences by its own characters: offsets stay those of the text. Linear in its length.</summary>
internal static class SentenceSplitter
{
    /// <summary>No sentence is longer; a longer one is cut where a clause ends. UTF-16 code units.</summary>
    public const int Longest = 420;

    // A line shorter than this that is followed by a capital is a heading, an address, a list: not wrapped prose.
    private const int WrappedLine = 50;

    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?\n");
    private static readonly SearchValues<char> Closers = SearchValues.Create("\"')]}”’»");
    private static readonly HashSet<string> Abbreviations = ReadList();

    /// <summary>The sentences in order, without white space at their ends; together they hold every other character.</summary>
    public static IEnumerable<TextSpan> Split(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var next = text.AsSpan(at).IndexOfAny(Stops);
            at = next < 0 ? text.Length : at + next + 1;
            if (at == text.Length || Ends(text, start, ref at))
            {
                foreach (var span in Cut(text, start, at))
                {
                    yield return span;
                }

                start = at;
            }
        }
    }

    // Whether a sentence ends with the character before 'at'; moves 'at' behind what closes it.
    private static bool Ends(string text, int start, ref int at)
    {
        if (text[at - 1] == '\n')
        {
            return EndsWithLine(text, start, at);
        }

        var stop = at - 1;
        while (at < text.Length && Closers.Contains(text[at]))
        {
            at++;
        }

        if (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            return false;
        }

        var following = at;
        while (following < text.Length && char.IsWhiteSpace(text[following]))
        {
            following++;
        }

        return following == text.Length || !char.IsLower(text[following]) && (text[stop] != '.' || !IsAbbreviation(text, start, stop));
    }

    private static bool EndsWithLine(string text, int start, int at)
    {
        var before = text.AsSpan(start, at - 1 - start);
        before = before[(before.LastIndexOf('\n') + 1)..].TrimEnd();
        var after = text.AsSpan(at);
        if (before.IsEmpty || after.IsEmpty || after[0] == '\n' || IsItem(after) || before.Contains(" | ", StringComparison.Ordinal))
        {
            return true;
        }

        return before[^1] is ':' or ';' || (before.Length < WrappedLine && !char.IsLower(after.TrimStart(' ') is [var first, ..] ? first : ' '));
    }

    // A bullet, "(a)", "1." or "5.2" begins a line.
    private static bool IsItem(ReadOnlySpan<char> line)
    {
        line = line[..Math.Min(line.Length, 12)].TrimStart(' ');
        if (line.IsEmpty)
        {
            return false;
        }

        if (line[0] is '•' or '‣' or '◦' or '▪' or '–' || (line[0] is '-' or '*' && line.Length > 1 && line[1] == ' '))
        {
            return true;
        }

        var end = line.IndexOfAny(' ', '\t');
        var head = end < 0 ? line : line[..end];
        return head.Length > 1 && (head[^1] is ')' or '.' || head.Contains('.')) && (head[0] == '(' || char.IsAsciiDigit(head[0]) || head.Length <= 3);
    }

    private static bool IsAbbreviation(string text, int start, int stop)
    {
        var word = stop;
        while (word > start && !char.IsWhiteSpace(text[word - 1]) && text[word - 1] != '(')
        {
            word--;
        }

        var token = text.AsSpan(word, stop - word);
        if (token.IsEmpty)
        {
            return false;
        }

        // An initial, or the number of a clause at the beginning of its sentence.
        if ((token.Length == 1 && char.IsAsciiLetterUpper(token[0])) || (text.AsSpan(start, word - start).IsWhiteSpace() && !token.ContainsAnyExcept(NumberCharacters)))
        {
            return true;
        }

        return token.Length <= 8 && Abbreviations.Contains(token.ToString().ToLowerInvariant());
    }

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.()ivxIVX");

    private static IEnumerable<TextSpan> Cut(string text, int start, int end)
    {
        while (TextSpan.Trim(text, start, end) is { } rest)
        {
            var cut = rest.Length <= Longest ? rest.End : ClauseEnd(text, rest.Start, rest.Start + Longest);
            if (TextSpan.Trim(text, rest.Start, cut) is { } sentence)
            {
                yield return sentence;
            }

            start = cut;
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
