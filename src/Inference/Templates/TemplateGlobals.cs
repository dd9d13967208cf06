using System.Globalization;
using System.Text;
using Tessera.Inference.Templates.Jinja;

namespace Tessera.Inference.Templates;

/// <summary>Functions that chat templates call.</summary>
internal static class TemplateGlobals
{
    private const int LongestRange = 100_000;

    public static void Add(JinjaScope scope, TimeProvider clock)
    {
        scope["raise_exception"] = new JinjaFunction(arguments => throw new TemplateRefusal(arguments.Text(0, "message").Value));
        scope["strftime_now"] = new JinjaFunction(arguments => JinjaText.Trusted(Format(arguments.Text(0, "format").Value, clock.GetLocalNow())));
        scope["range"] = new JinjaFunction(Range);
        scope["namespace"] = new JinjaFunction(Map);
        scope["dict"] = new JinjaFunction(Map);
        scope["list"] = new JinjaFunction(arguments => arguments.List.Count == 0 ? new List<object?>() : JinjaEvaluator.Items(arguments.List[0], 0).ToList());
    }

    private static JinjaMap Map(JinjaArguments arguments)
    {
        var map = new JinjaMap();
        foreach (var item in (arguments.At(0, "") as JinjaMap)?.Items ?? [])
        {
            map.Set(item.Key, item.Value);
        }

        foreach (var (name, value) in arguments.Named)
        {
            map[name] = value;
        }

        return map;
    }

    private static List<object?> Range(JinjaArguments arguments)
    {
        var numbers = arguments.List.OfType<long>().ToList();
        var (from, to, step) = numbers.Count switch { 0 => (0, 0, 1), 1 => (0, numbers[0], 1), 2 => (numbers[0], numbers[1], 1), _ => (numbers[0], numbers[1], numbers[2]) };
        var list = new List<object?>();
        for (var i = from; step > 0 ? i < to : step < 0 && i > to; i += step)
        {
            if (list.Count >= LongestRange)
            {
                throw JinjaLimits.Exceeded("it counts without end");
            }

            list.Add(i);
        }

        return list;
    }

    private static string Format(string format, DateTimeOffset now)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            text.Append(format[i] != '%' || i + 1 >= format.Length ? format[i].ToString() : format[++i] switch
            {
                'd' => now.ToString("dd", CultureInfo.InvariantCulture),
                'b' => now.ToString("MMM", CultureInfo.InvariantCulture),
                'B' => now.ToString("MMMM", CultureInfo.InvariantCulture),
                'm' => now.ToString("MM", CultureInfo.InvariantCulture),
                'Y' => now.ToString("yyyy", CultureInfo.InvariantCulture),
                'y' => now.ToString("yy", CultureInfo.InvariantCulture),
                'H' => now.ToString("HH", CultureInfo.InvariantCulture),
                'M' => now.ToString("mm", CultureInfo.InvariantCulture),
                'S' => now.ToString("ss", CultureInfo.InvariantCulture),
                'A' => now.ToString("dddd", CultureInfo.InvariantCulture),
                'a' => now.ToString("ddd", CultureInfo.InvariantCulture),
                '%' => "%",
                var other => "%" + other,
            });
        }

        return text.ToString();
    }
}
