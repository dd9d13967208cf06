using System.Globalization;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>The present time as Python's <c>strftime</c> writes it, in English.</summary>
internal static class Strftime
{
    public static Text Write(Text format, DateTimeOffset now, RenderBudget budget)
    {
        var into = new TextBuilder(budget);
        var plain = format.Plain;
        var done = 0;
        for (var at = 0; at + 1 < plain.Length; at++)
        {
            if (plain[at] != '%')
            {
                continue;
            }

            into.Append(format, done, at - done);
            var kind = plain[at + 1];
            at++;
            if (kind == '-' && at + 1 < plain.Length)
            {
                at++;
                into.Append(Of(plain[at], now).TrimStart('0'));
            }
            else
            {
                into.Append(Of(kind, now));
            }

            done = at + 1;
        }

        return into.Append(format, done, plain.Length - done).ToText();
    }

    private static string Of(char kind, DateTimeOffset now) => kind switch
    {
        '%' => "%",
        'j' => now.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'w' => ((int)now.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'z' => now.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal),
        'f' => now.ToString("ffffff", CultureInfo.InvariantCulture),
        _ => now.ToString(Pattern(kind), CultureInfo.InvariantCulture),
    };

    private static string Pattern(char kind) => kind switch
    {
        'a' => "ddd",
        'A' => "dddd",
        'b' or 'h' => "MMM",
        'B' => "MMMM",
        'c' => "ddd MMM d HH:mm:ss yyyy",
        'd' => "dd",
        'D' => "MM'/'dd'/'yy",
        'F' => "yyyy-MM-dd",
        'H' => "HH",
        'I' => "hh",
        'm' => "MM",
        'M' => "mm",
        'p' => "tt",
        'S' => "ss",
        'T' or 'X' => "HH:mm:ss",
        'R' => "HH:mm",
        'x' => "MM'/'dd'/'yy",
        'y' => "yy",
        'Y' => "yyyy",
        _ => throw new JinjaException($"'strftime_now' does not understand '%{kind}'"),
    };
}
