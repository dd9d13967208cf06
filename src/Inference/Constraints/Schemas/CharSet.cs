using System.Text;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>A set of code points, as ranges in order that do not touch. Immutable.</summary>
internal sealed class CharSet
{
    private const int Last = 0x10FFFF;
    private readonly (int From, int To)[] ranges;

    private CharSet((int From, int To)[] ranges) => this.ranges = ranges;

    /// <summary>Characters that stand in a JSON string as they are.</summary>
    public static CharSet Plain { get; } = Of(('"', '"'), ('\\', '\\'), (0, 0x1f), (0x7f, 0x7f), (0xD800, 0xDFFF)).Not();

    public static CharSet Digits { get; } = Of(('0', '9'));

    public static CharSet Words { get; } = Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    /// <summary>White space as JavaScript has it.</summary>
    public static CharSet Spaces { get; } = Of(
        (0x09, 0x0d), (0x20, 0x20), (0xa0, 0xa0), (0x1680, 0x1680), (0x2000, 0x200a), (0x2028, 0x2029), (0x202f, 0x202f), (0x205f, 0x205f),
        (0x3000, 0x3000), (0xfeff, 0xfeff));

    /// <summary>What a dot takes.</summary>
    public static CharSet Dot { get; } = Of((0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)).Not();

    public static CharSet Of(params ReadOnlySpan<(int From, int To)> ranges)
    {
        List<(int From, int To)> merged = [];
        var sorted = ranges.ToArray();
        Array.Sort(sorted);
        foreach (var (from, to) in sorted)
        {
            if (merged.Count > 0 && from <= merged[^1].To + 1)
            {
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
            }
            else
            {
                merged.Add((from, to));
            }
        }

        return new CharSet([.. merged]);
    }

    public bool IsEmpty => ranges.Length == 0;

    /// <summary>The one character of the set, where it is one.</summary>
    public int? Single => ranges is [var (from, to)] && from == to ? from : null;

    public bool Contains(int rune) => Array.Exists(ranges, range => range.From <= rune && rune <= range.To);

    public CharSet Or(CharSet other) => Of([.. ranges, .. other.ranges]);

    public CharSet Not()
    {
        List<(int From, int To)> left = [];
        var next = 0;
        foreach (var (from, to) in ranges)
        {
            if (from > next)
            {
                left.Add((next, from - 1));
            }

            next = to + 1;
        }

        return new CharSet(next <= Last ? [.. left, (next, Last)] : [.. left]);
    }

    public CharSet And(CharSet other) => Not().Or(other.Not()).Not();

    /// <summary>The set as a class of the grammar.</summary>
    public string ToClass()
    {
        var text = new StringBuilder("[");
        foreach (var (from, to) in ranges)
        {
            text.Append(Escape(from)).Append(to == from ? "" : $"-{Escape(to)}");
        }

        return text.Append(']').ToString();
    }

    /// <summary>A character as it stands in a class.</summary>
    public static string Escape(int rune) => rune switch
    {
        '^' => "\\x5E",
        '[' or ']' or '\\' or '-' => $"\\{(char)rune}",
        > 0x20 and < 0x7f => ((char)rune).ToString(),
        <= 0xff => $"\\x{rune:X2}",
        <= 0xffff => $"\\u{rune:X4}",
        _ => $"\\U{rune:X8}",
    };
}
