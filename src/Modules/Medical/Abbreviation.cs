using Tessera.Modules.Wording;

namespace Tessera.Modules.Medical;

/// <summary>
/// Finds short forms where a text introduces them, <c>long form (SF)</c>, by Schwartz and Hearst 2003: the short form's characters stand in the long
/// form in their order, its first at a word's start.
/// </summary>
internal static class Abbreviation
{
    private const int LongestShort = 10;
    private const int LongestWord = 40;

    /// <summary>Each in both directions. Linear in the text's length.</summary>
    public static IEnumerable<Alias> In(string text)
    {
        for (var open = text.IndexOf('('); open >= 0; open = text.IndexOf('(', open + 1))
        {
            var close = text.AsSpan(open, Math.Min(text.Length - open, LongestShort + 2)).IndexOf(')');
            if (close > 2 && text[(open + 1)..(open + close)] is var brief && IsShort(brief) && LongOf(text, open, brief) is { } full)
            {
                yield return new Alias(brief, full);
                yield return new Alias(full, brief);
            }
        }
    }

    // One word, and more than a number or a first word in capitals: "(ARDS)", "(NSAIDs)", "(SARS-CoV-2)", not "(2019)" nor "(see)".
    private static bool IsShort(string brief) =>
        char.IsLetterOrDigit(brief[0]) && brief.Count(char.IsUpper) >= 2 && brief.All(x => char.IsLetterOrDigit(x) || x == '-');

    private static string? LongOf(string text, int open, string brief)
    {
        var earliest = Math.Max(0, open - (Math.Min(brief.Length + 5, brief.Length * 2) * LongestWord));
        var (at, words) = (open - 1, 0);
        for (var letter = brief.Length - 1; letter >= 0; letter--)
        {
            var wanted = char.ToLowerInvariant(brief[letter]);
            if (!char.IsLetterOrDigit(wanted) || (letter == brief.Length - 1 && letter > 1 && wanted == 's' && char.IsLower(brief[letter])))
            {
                continue;
            }

            while (at >= earliest && (char.ToLowerInvariant(text[at]) != wanted || (letter == 0 && at > 0 && char.IsLetterOrDigit(text[at - 1]))))
            {
                words += char.IsWhiteSpace(text[at]) ? 1 : 0;
                if (text[at] is '.' or ';' or '(' or ')' or '\n' || words > Math.Min(brief.Length + 5, brief.Length * 2))
                {
                    return null;
                }

                at--;
            }

            at--;
        }

        var start = at + 1;
        var full = start < earliest || start >= open ? "" : text[start..open].Trim();
        return full.Length > brief.Length && !full.Contains(brief, StringComparison.Ordinal) && full.Contains(' ', StringComparison.Ordinal) ? full : null;
    }
}
