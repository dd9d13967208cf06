namespace Tessera.Modules.Legal;

/// <summary>A term that a text defines, and the stretch of the text that does.</summary>
/// <param name="Term">As it stands between the quotation marks.</param>
/// <param name="Start">Offset of the stretch in the text.</param>
/// <param name="End">Offset just behind it.</param>
internal sealed record DefinedTerm(string Term, int Start, int End)
{
    private const int LongestTerm = 60;
    private const int LongestStretch = 700;

    // A bracket that gives a name holds little else: (hereinafter referred to as the "Term").
    private const int LongestBracket = 90;

    private static readonly HashSet<string> Naming = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "and", "or", "as", "to", "this", "such", "each", "all", "its", "of", "in", "collectively", "individually", "together", "with", "hereinafter",
        "hereafter", "herein", "referred", "called", "known", "defined", "also", "any", "either", "both", "jointly", "sometimes",
    };

    /// <summary>
    /// <c>"Fee" means …</c> up to the sentence's end, and <c>… five years (the "Term")</c> from the sentence's start. Linear in the text's length, but for
    /// texts of nothing but quotation marks, whose stretches are bounded.
    /// </summary>
    public static IEnumerable<DefinedTerm> In(string text)
    {
        for (var open = 0; open < text.Length; open++)
        {
            if (TermAt(text, open) is not (var term, var close))
            {
                continue;
            }

            if (Definition.IsDefined(text.AsSpan(close + 1)))
            {
                yield return new DefinedTerm(term, open, EndOfSentence(text, close + 1));
            }
            else if (Bracket(text, open, close) is (var first, var behind))
            {
                yield return new DefinedTerm(term, StartOfSentence(text, first), behind);
            }

            open = close;
        }
    }

    private static (string Term, int Close)? TermAt(string text, int open)
    {
        var mark = text[open] switch { '"' => '"', '“' => '”', _ => '\0' };
        if (mark == '\0' || open + 1 == text.Length || !(char.IsUpper(text[open + 1]) || char.IsDigit(text[open + 1])))
        {
            return null;
        }

        var length = text.AsSpan(open + 1, Math.Min(LongestTerm, text.Length - open - 1)).IndexOf(mark);
        var term = length > 1 ? text[(open + 1)..(open + 1 + length)].Trim(' ', ',', '.') : "";
        return term.Length > 1 && !term.Contains('\n') ? (term, open + 1 + length) : null;
    }

    // The bracket around a quoted term, where all else in it only names.
    private static (int First, int Behind)? Bracket(string text, int open, int close)
    {
        var first = text.LastIndexOf('(', open, Math.Min(open + 1, LongestBracket));
        var behind = text.IndexOf(')', close, Math.Min(text.Length - close, LongestBracket));
        if (first < 0 || behind < 0)
        {
            return null;
        }

        var quoted = false;
        foreach (var part in text[(first + 1)..behind].Split('"', '“', '”'))
        {
            if (!quoted && !part.Split([' ', ',', ';', ':', '\n'], StringSplitOptions.RemoveEmptyEntries).All(Naming.Contains))
            {
                return null;
            }

            quoted = !quoted;
        }

        return (first, behind + 1);
    }

    private static int EndOfSentence(string text, int from)
    {
        var limit = Math.Min(text.Length, from + LongestStretch);
        for (var at = from; at < limit; at++)
        {
            if ((text[at] == '.' && IsStop(text, at)) || (text[at] == '\n' && at + 1 < text.Length && text[at + 1] == '\n'))
            {
                return text[at] == '.' ? at + 1 : at;
            }
        }

        return limit == text.Length ? text.AsSpan(0, limit).TrimEnd().Length : Math.Max(from, text.LastIndexOf(' ', limit - 1, limit - from));
    }

    private static int StartOfSentence(string text, int before)
    {
        var limit = Math.Max(0, before - LongestStretch);
        var at = before - 1;
        while (at > limit && !(text[at] == '\n' || (text[at] == '.' && IsStop(text, at))))
        {
            at--;
        }

        at = at > limit || (at >= 0 && text[at] is '\n' or '.') ? at + 1 : Math.Max(at, 0);
        while (at < before && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return char.IsLowSurrogate(text[at]) ? at - 1 : at;
    }

    // "Acme Inc. shall" goes on: short words with a stop are abbreviations, and a number's stop has a digit behind it.
    private static bool IsStop(string text, int at) =>
        (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])) && at >= 4 && text.AsSpan(at - 4, 4).IndexOf(' ') < 0;
}
