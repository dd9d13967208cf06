using System.Globalization;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>Filters (<c>… | name</c>).</summary>
internal static class JinjaFilters
{
    public static object? Apply(string name, object? value, JinjaArguments arguments, int line) => name switch
    {
        "trim" or "strip" => JinjaValues.Text(value).Trim(arguments.At(0, "chars") is JinjaText letters ? letters.Value : null, start: true, end: true),
        "lower" => JinjaValues.Text(value).Change(text => text.ToLowerInvariant()),
        "upper" => JinjaValues.Text(value).Change(text => text.ToUpperInvariant()),
        "capitalize" => JinjaValues.Text(value).Change(text => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant()),
        "title" => JinjaValues.Text(value).Change(text => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text.ToLowerInvariant())),
        "replace" => JinjaValues.Text(value).Replace(arguments.Text(0, "old").Value, arguments.Text(1, "new"), arguments.At(2, "count") is long most ? (int)most : -1),
        "string" or "safe" or "escape" or "e" or "forceescape" => JinjaValues.Text(value),
        "length" or "count" => Count(value, line),
        "int" => Whole(value, arguments),
        "float" => JinjaValues.Number(value) is var real && double.IsNaN(real) ? double.TryParse(JinjaValues.Text(value).Value, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0.0 : real,
        "abs" => value is long whole ? (object)Math.Abs(whole) : Math.Abs(JinjaValues.Number(value)),
        "round" => Math.Round(JinjaValues.Number(value), arguments.At(0, "precision") is long digits ? (int)Math.Clamp(digits, 0, 15) : 0),
        "default" or "d" => value == JinjaValues.Undefined || (JinjaValues.IsTrue(arguments.At(1, "boolean")) && !JinjaValues.IsTrue(value)) ? arguments.At(0, "default_value", JinjaText.Empty) : value,
        "tojson" => JinjaJson.Write(value == JinjaValues.Undefined ? null : value, JinjaJson.Json, arguments.At(0, "indent") is long indent ? (int)Math.Clamp(indent, 0, 16) : null),
        "items" => value is JinjaMap map ? map.Items.Select(object? (item) => new List<object?> { item.Key, item.Value }).ToList() : new List<object?>(),
        "dictsort" => value is JinjaMap sorted ? sorted.Items.OrderBy(item => item.Key.Value, StringComparer.OrdinalIgnoreCase).Select(object? (item) => new List<object?> { item.Key, item.Value }).ToList() : new List<object?>(),
        "list" => JinjaEvaluator.Items(value, line).ToList(),
        "first" => JinjaEvaluator.Items(value, line) is [var first, ..] ? first : JinjaValues.Undefined,
        "last" => JinjaEvaluator.Items(value, line) is [.., var last] ? last : JinjaValues.Undefined,
        "reverse" => value is JinjaText text ? JinjaText.Concat(Enumerable.Range(0, text.Length).Reverse().Select(i => text.Slice(i, 1))) : Enumerable.Reverse(JinjaEvaluator.Items(value, line)).ToList(),
        "unique" => Unique(JinjaEvaluator.Items(value, line)),
        "sort" => Sort(JinjaEvaluator.Items(value, line), arguments, line),
        "sum" => JinjaEvaluator.Items(value, line).Aggregate((object)0L, (sum, item) => JinjaChecks.Calculate("+", sum, item, line)),
        "join" => Join(JinjaEvaluator.Items(value, line), arguments),
        "indent" => Indent(JinjaValues.Text(value), arguments),
        "map" => Map(JinjaEvaluator.Items(value, line), arguments, line),
        "select" or "reject" => JinjaEvaluator.Items(value, line).Where(item => Passes(item, arguments, 0, line) == (name == "select")).ToList(),
        "selectattr" or "rejectattr" => JinjaEvaluator.Items(value, line).Where(item => Passes(Attribute(item, arguments.Text(0, "attribute").Value), arguments, 1, line) == (name == "selectattr")).ToList(),
        _ => throw JinjaEvaluator.Bad(line, $"the filter '{name}' is not known"),
    };

    private static object? Attribute(object? item, string path) => path.Split('.').Aggregate(item, (of, name) =>
        of is JinjaMap map ? map[name] : of is List<object?> list && int.TryParse(name, out var at) && at < list.Count && at >= 0 ? list[at] : JinjaValues.Undefined);

    private static bool Passes(object? value, JinjaArguments arguments, int at, int line) => arguments.List.Count <= at
        ? JinjaValues.IsTrue(value)
        : JinjaChecks.Test(
            arguments.Text(at, "test").Value switch { "==" => "eq", "!=" => "ne", ">" => "gt", "<" => "lt", ">=" => "ge", "<=" => "le", var test => test }, value, [.. arguments.List.Skip(at + 1)], line);

    private static long Count(object? value, int line) => value switch
    {
        JinjaText text => (long)text.Length,
        List<object?> list => (long)list.Count,
        JinjaMap map => (long)map.Count,
        _ when value == JinjaValues.Undefined => 0L,
        _ => throw JinjaEvaluator.Bad(line, "the length is asked of what has none"),
    };

    private static object Whole(object? value, JinjaArguments arguments) => value switch
    {
        long whole => whole,
        double real when Math.Abs(real) < 9e15 => (long)real,
        bool flag => flag ? 1L : 0L,
        JinjaText text when long.TryParse(text.Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => arguments.At(0, "default") ?? 0L,
    };

    private static List<object?> Unique(List<object?> items)
    {
        var kept = new List<object?>();
        kept.AddRange(items.Where((item, i) => !items.Take(i).Any(before => JinjaValues.AreEqual(before, item))));
        return kept;
    }

    private static List<object?> Sort(List<object?> items, JinjaArguments arguments, int line)
    {
        var key = arguments.At(2, "attribute") is JinjaText attribute ? attribute.Value : null;
        var order = Comparer<object?>.Create((a, b) => JinjaValues.AreEqual(a, b) ? 0 : JinjaChecks.Compare("<", a, b, line) ? -1 : 1);
        var sorted = items.OrderBy(item => key is null ? item : Attribute(item, key), order);
        return JinjaValues.IsTrue(arguments.At(0, "reverse")) ? [.. sorted.Reverse()] : [.. sorted];
    }

    private static JinjaText Join(List<object?> items, JinjaArguments arguments)
    {
        var by = arguments.Text(0, "d");
        var key = arguments.At(1, "attribute") is JinjaText attribute ? attribute.Value : null;
        var texts = items.Select(item => JinjaValues.Text(key is null ? item : Attribute(item, key)));
        return JinjaText.Concat(texts.SelectMany((text, i) => i == 0 ? [text] : (JinjaText[])[by, text]));
    }

    private static JinjaText Indent(JinjaText text, JinjaArguments arguments)
    {
        var by = JinjaText.Trusted(arguments.At(0, "width") is JinjaText given ? given.Value : new string(' ', arguments.At(0, "width") is long width ? (int)Math.Clamp(width, 0, 64) : 4));
        var first = JinjaValues.IsTrue(arguments.At(1, "first"));
        var blank = JinjaValues.IsTrue(arguments.At(2, "blank"));
        var lines = text.Split("\n", -1);
        return JinjaText.Concat(lines.SelectMany((line, i) => (JinjaText[])
        [
            i == 0 ? JinjaText.Empty : JinjaText.Trusted("\n"), (i == 0 ? first : blank || line.Length > 0) ? by : JinjaText.Empty, line,
        ]));
    }

    private static List<object?> Map(List<object?> items, JinjaArguments arguments, int line)
    {
        if (arguments.At(int.MaxValue, "attribute") is JinjaText attribute)
        {
            var otherwise = arguments.At(int.MaxValue, "default", JinjaValues.Undefined);
            return [.. items.Select(item => Attribute(item, attribute.Value) is var found && found == JinjaValues.Undefined ? otherwise : found)];
        }

        var inner = new JinjaArguments([.. arguments.List.Skip(1)], arguments.Named);
        return [.. items.Select(item => Apply(arguments.Text(0, "filter").Value, item, inner, line))];
    }
}
