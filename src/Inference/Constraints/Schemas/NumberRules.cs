namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Numbers between bounds, digit by digit, without exponents.</summary>
internal static class NumberRules
{
    public static string Write(NumberBounds bounds, JsonTypes types, GrammarText grammar)
    {
        var fractions = types.HasFlag(JsonTypes.Fraction);
        if (bounds.IsFree || (!fractions && bounds.IsOnlyScaled))
        {
            return grammar.Known(fractions ? "number" : "integer");
        }

        if (bounds.IsOnlyScaled)
        {
            return $"{grammar.Known("integer")} {(bounds.Scale > 0 ? $"(\".\" [0-9]{{1,{bounds.Scale}}})?" : "")}".TrimEnd();
        }

        List<string> ways = [];
        for (var decimals = 0; decimals <= (fractions ? bounds.Decimals : 0); decimals++)
        {
            var (low, high) = (bounds.WholeLow(decimals), bounds.WholeHigh(decimals));
            if (low < 0 && low <= high)
            {
                ways.Add($"\"-\" ({string.Join(" | ", Ranges(Int128.Max(1, -high), -low, decimals))})");
            }

            if (high >= 0 && low <= high)
            {
                ways.AddRange(Ranges(Int128.Max(0, low), high, decimals));
            }
        }

        return string.Join(" | ", ways);
    }

    /// <summary>Whole numbers from <paramref name="low"/> to <paramref name="high"/>, with a point before the last digits.</summary>
    private static List<string> Ranges(Int128 low, Int128 high, int decimals)
    {
        var shortest = decimals + 1;
        var (from, to) = (Digits(low, shortest), Digits(high, shortest));
        List<string> ways = [];
        int? run = null;
        for (var count = from.Length; count <= to.Length; count++)
        {
            var first = count == from.Length ? from : "1" + new string('0', count - 1);
            var last = count == to.Length ? to : new string('9', count);
            var whole = first[0] == '1' && first.AsSpan(1).IndexOfAnyExcept('0') < 0 && last.AsSpan().IndexOfAnyExcept('9') < 0;
            if (!whole)
            {
                Close(count - 1);
                ways.Add(Between(first, last, decimals));
            }
            else
            {
                run ??= count;
            }
        }

        Close(to.Length);
        return ways;

        void Close(int end)
        {
            if (run is { } start)
            {
                var (fewest, most) = (start - 1 - decimals, end - 1 - decimals);
                var more = most == 0 ? "" : $" [0-9]{{{fewest},{most}}}";
                ways.Add($"[1-9]{more}{(decimals > 0 ? $" \".\" [0-9]{{{decimals}}}" : "")}");
                run = null;
            }
        }
    }

    private static string Between(ReadOnlySpan<char> from, ReadOnlySpan<char> to, int decimals)
    {
        var left = from.Length;
        if (from.IndexOfAnyExcept('0') < 0 && to.IndexOfAnyExcept('9') < 0)
        {
            return Any(left, decimals);
        }

        var point = decimals > 0 && left == decimals ? "\".\" " : "";
        var (low, high) = (from[0], to[0]);
        if (low == high)
        {
            return $"{point}\"{low}\" {Between(from[1..], to[1..], decimals)}".TrimEnd();
        }

        List<string> ways = [];
        if (from[1..].IndexOfAnyExcept('0') >= 0)
        {
            ways.Add($"\"{low}\" {Between(from[1..], new string('9', left - 1), decimals)}");
            low++;
        }

        var edge = "";
        if (to[1..].IndexOfAnyExcept('9') >= 0)
        {
            edge = $"\"{high}\" {Between(new string('0', left - 1), to[1..], decimals)}";
            high--;
        }

        if (low <= high)
        {
            ways.Add($"[{low}-{high}] {Any(left - 1, decimals)}".TrimEnd());
        }

        if (edge.Length > 0)
        {
            ways.Add(edge);
        }

        return $"{point}({string.Join(" | ", ways)})";
    }

    private static string Any(int count, int decimals) => decimals == 0 || count < decimals ? Run(count)
        : count == 0 ? ""
        : $"{Run(count - decimals)} \".\" {Run(decimals)}".TrimStart();

    private static string Run(int count) => count switch
    {
        0 => "",
        1 => "[0-9]",
        _ => $"[0-9]{{{count}}}",
    };

    private static string Digits(Int128 number, int shortest) =>
        number.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(shortest, '0');
}
