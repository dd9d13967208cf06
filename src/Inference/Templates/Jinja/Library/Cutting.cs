using System.Buffers;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>Taking texts apart.</summary>
internal static class Cutting
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u0085\u2028\u2029");

    public static Text Part(Text text, int start, int length, RenderBudget budget) => start == 0 && length == text.Plain.Length
        ? text
        : new TextBuilder(budget).Append(text, start, length).ToText();

    /// <summary>Without the given characters, or whitespace, at either end.</summary>
    public static Text Trim(Text text, Text? characters, bool left, bool right, RenderBudget budget)
    {
        budget.Characters(text.Plain.Length + (characters?.Plain.Length ?? 0));
        var plain = text.Plain;
        var set = characters?.Plain.ToHashSet();
        var start = 0;
        var end = plain.Length;
        while (left && start < end && Goes(plain[start]))
        {
            start++;
        }

        while (right && end > start && Goes(plain[end - 1]))
        {
            end--;
        }

        return Part(text, start, end - start, budget);

        bool Goes(char next) => set?.Contains(next) ?? IsSpace(next);
    }

    /// <summary>The pieces between separators, at most <paramref name="most"/> cuts; between runs of whitespace where no separator is given.</summary>
    public static List<Value> Split(Text text, Text? separator, long most, bool fromRight, RenderBudget budget)
    {
        budget.Search(text.Plain.Length, separator?.Plain.Length ?? 0);
        if (separator is { Plain.Length: 0 })
        {
            throw new JinjaException("'split' is given an empty separator");
        }

        var cuts = separator is null ? Spaces(text.Plain) : Separators(text.Plain, separator.Plain, fromRight);
        var limit = most < 0 ? int.MaxValue : (int)Math.Min(most, int.MaxValue);
        if (separator is null)
        {
            return Words(text, cuts, limit, fromRight, budget);
        }

        cuts = fromRight ? cuts.GetRange(Math.Max(0, cuts.Count - limit), Math.Min(limit, cuts.Count)) : cuts.GetRange(0, Math.Min(limit, cuts.Count));
        return Between(text, cuts, budget);
    }

    public static List<Value> Lines(Text text, bool keepsEnds, RenderBudget budget)
    {
        var lines = new List<Value>();
        var start = 0;
        while (start < text.Plain.Length)
        {
            var at = text.Plain.AsSpan(start).IndexOfAny(LineEnds);
            var end = at < 0 ? text.Plain.Length : start + at;
            var next = at < 0 ? end : end + (text.Plain.AsSpan(end).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1);
            budget.Elements(1);
            lines.Add(Part(text, start, (keepsEnds ? next : end) - start, budget));
            start = next;
        }

        return lines;
    }

    private static bool IsSpace(char next) => char.IsWhiteSpace(next) || next is >= '\x1c' and <= '\x1f';

    private static List<(int Start, int End)> Separators(string plain, string separator, bool fromRight)
    {
        var cuts = new List<(int, int)>();
        if (!fromRight)
        {
            for (var at = plain.IndexOf(separator, StringComparison.Ordinal); at >= 0; at = plain.IndexOf(separator, at + separator.Length, StringComparison.Ordinal))
            {
                cuts.Add((at, at + separator.Length));
            }

            return cuts;
        }

        for (var end = plain.Length; end >= separator.Length;)
        {
            var at = plain.AsSpan(0, end).LastIndexOf(separator, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            cuts.Insert(0, (at, at + separator.Length));
            end = at;
        }

        return cuts;
    }

    private static List<(int Start, int End)> Spaces(string plain)
    {
        var cuts = new List<(int, int)>();
        for (var at = 0; at < plain.Length; at++)
        {
            var start = at;
            while (at < plain.Length && IsSpace(plain[at]))
            {
                at++;
            }

            if (at > start)
            {
                cuts.Add((start, at));
            }
        }

        return cuts;
    }

    /// <summary>Words: whitespace at the ends makes no empty pieces, and what is left after the last cut keeps its inner whitespace.</summary>
    private static List<Value> Words(Text text, List<(int Start, int End)> spaces, int limit, bool fromRight, RenderBudget budget)
    {
        var start = spaces is [(0, var first), ..] ? first : 0;
        var end = spaces.Count > 0 && spaces[^1].End == text.Plain.Length ? spaces[^1].Start : text.Plain.Length;
        if (start >= end)
        {
            return [];
        }

        var inner = spaces.FindAll(space => space.Start > start && space.End < end);
        var cuts = fromRight ? inner.TakeLast(limit).ToList() : inner.Take(limit).ToList();
        var isCut = cuts.Count < inner.Count;
        var from = isCut && fromRight ? 0 : start;
        var to = isCut && !fromRight ? text.Plain.Length : end;
        return Between(Part(text, 0, to, budget), cuts, budget, from);
    }

    private static List<Value> Between(Text text, List<(int Start, int End)> cuts, RenderBudget budget, int from = 0)
    {
        budget.Elements(cuts.Count + 1L);
        var parts = new List<Value>(cuts.Count + 1);
        foreach (var (start, end) in cuts)
        {
            parts.Add(Part(text, from, start - from, budget));
            from = end;
        }

        parts.Add(Part(text, from, text.Plain.Length - from, budget));
        return parts;
    }
}
