using System.Buffers;

namespace Tessera.Modules.Legal;

/// <summary>The start of a numbered or titled clause, as contracts and statutes write it at a line's start.</summary>
/// <param name="Level">0 schedule, 1 article, 2 section or <c>5.</c>, 3 <c>5.1</c>, 4 <c>5.1.1</c> …, 7 <c>(a)</c>, 8 <c>(ii)</c>.</param>
/// <param name="Label">As written, such as <c>Article 5</c>, <c>5.2</c>, <c>(a)</c>; empty for a title alone.</param>
/// <param name="Title">What follows on the line when it reads as a title; empty otherwise.</param>
internal sealed record ClauseHeading(int Level, string Label, string Title)
{
    private const int LongestTitle = 80;
    private static readonly SearchValues<char> Roman = SearchValues.Create("IVXLCivxlc");
    private static readonly string[] Schedules = ["schedule", "exhibit", "annex", "appendix", "attachment"];

    /// <summary>What stands in a trail.</summary>
    public string Name => Label.Length == 0 ? Title : Title.Length == 0 ? Label : $"{Label} {Title}";

    /// <summary>Reads one line; null where it starts no clause. Linear in the line's length.</summary>
    public static ClauseHeading? Parse(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (line.Length < 2)
        {
            return null;
        }

        return Worded(line) ?? Numbered(line) ?? Lettered(line) ?? Capitals(line);
    }

    private static ClauseHeading? Worded(ReadOnlySpan<char> line)
    {
        var sign = line[0] == '§';
        var wordEnd = sign ? 1 : line.IndexOf(' ');
        if (wordEnd < 1)
        {
            return null;
        }

        var word = line[..wordEnd];
        var level = sign || word.Equals("section", StringComparison.OrdinalIgnoreCase) || word.Equals("clause", StringComparison.OrdinalIgnoreCase) ? 2
            : word.Equals("article", StringComparison.OrdinalIgnoreCase) ? 1
            : IsSchedule(word) ? 0 : -1;
        if (level < 0 || !(sign || char.IsUpper(word[0])))
        {
            return null;
        }

        var rest = line[wordEnd..].TrimStart();
        var length = 0;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || (rest[length] is '.' or '-' && length + 1 < rest.Length && char.IsLetterOrDigit(rest[length + 1]))))
        {
            length++;
        }

        var number = rest[..length];
        if (length is 0 or > 12 || !(char.IsDigit(number[0]) || IsRoman(number) || (level == 0 && length <= 2 && char.IsUpper(number[0]))))
        {
            return null;
        }

        var after = rest[length..];
        // "Section 5.2 shall survive" is a sentence that refers; a heading ends here or goes on with a title.
        if (level == 2 && after.Length > 0 && after[0] is ',' or ')' or ';')
        {
            return null;
        }

        var title = TitleOf(after);
        if (title.Length == 0 && after.TrimStart(" .:-–—").Length > 0 && char.IsLower(after.TrimStart(" .:-–—")[0]))
        {
            return null;
        }

        return new ClauseHeading(level == 2 ? 2 + Dots(number) : level, sign ? $"§ {number}" : $"{Capital(word)} {number}", title);
    }

    private static ClauseHeading? Numbered(ReadOnlySpan<char> line)
    {
        var length = 0;
        var parts = 0;
        while (length < line.Length && char.IsAsciiDigit(line[length]))
        {
            var digits = length;
            while (length < line.Length && char.IsAsciiDigit(line[length]))
            {
                length++;
            }

            parts++;
            if (length - digits > 2)
            {
                return null;
            }

            if (length + 1 < line.Length && line[length] == '.' && char.IsAsciiDigit(line[length + 1]))
            {
                length++;
            }
            else
            {
                break;
            }
        }

        if (parts is 0 or > 5 || length == line.Length)
        {
            return null;
        }

        var marked = line[length] is '.' or ')' or ':';
        var after = line[(marked ? length + 1 : length)..];
        var text = after.TrimStart();
        // "30 days" at a line's start is not clause 30: a bare number needs its dot.
        if ((parts == 1 && !marked) || text.Length == 0 || after.Length == text.Length || !(char.IsUpper(text[0]) || text[0] is '"' or '“' or '(' or '['))
        {
            return null;
        }

        return new ClauseHeading(1 + parts, line[..length].ToString(), TitleOf(after));
    }

    private static ClauseHeading? Lettered(ReadOnlySpan<char> line)
    {
        if (line[0] != '(')
        {
            return null;
        }

        var close = line.IndexOf(')');
        if (close is < 2 or > 6 || close + 1 >= line.Length || !char.IsWhiteSpace(line[close + 1]))
        {
            return null;
        }

        var label = line[1..close];
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return null;
            }
        }

        var level = label.Length > 1 && IsRoman(label) ? 8 : char.IsAsciiDigit(label[0]) ? 8 : 7;
        return label.Length > 1 && level == 7 && label[0] != label[1] ? null : new ClauseHeading(level, $"({label})", TitleOf(line[(close + 1)..]));
    }

    private static ClauseHeading? Capitals(ReadOnlySpan<char> line)
    {
        if (line.Length > LongestTitle)
        {
            return null;
        }

        var letters = 0;
        foreach (var c in line)
        {
            if (char.IsLower(c) || char.IsDigit(c))
            {
                return null;
            }

            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters < 4 || letters * 2 < line.Length ? null : new ClauseHeading(2, "", line.TrimEnd(".:").ToString());
    }

    private static string TitleOf(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" \t.:-–—");
        var end = 0;
        while (end < text.Length && end <= LongestTitle && !(text[end] is '.' or ':' && (end + 1 == text.Length || char.IsWhiteSpace(text[end + 1]))))
        {
            end++;
        }

        var title = text[..Math.Min(end, text.Length)].Trim();
        return end <= LongestTitle && title.Length > 1 && IsTitle(title) ? title.ToString() : "";
    }

    // "Term and Termination" is a title, "The Supplier shall pay" is a sentence: words of weight are capitalised.
    private static bool IsTitle(ReadOnlySpan<char> text)
    {
        var words = 0;
        foreach (var range in text.Split(' '))
        {
            var word = text[range].Trim("\"“”()[],&/");
            words++;
            if (words > 10 || (word.Length > 3 && !char.IsUpper(word[0])) || (words == 1 && (word.Length == 0 || !char.IsUpper(word[0]))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSchedule(ReadOnlySpan<char> word)
    {
        foreach (var schedule in Schedules)
        {
            if (word.Equals(schedule, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRoman(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Roman) < 0;

    private static int Dots(ReadOnlySpan<char> number) => number.Count('.');

    private static string Capital(ReadOnlySpan<char> word) =>
        string.Concat(char.ToUpperInvariant(word[0]).ToString(), word[1..].ToString().ToLowerInvariant());
}
