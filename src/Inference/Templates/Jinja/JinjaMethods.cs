using System.Globalization;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>Methods of texts, lists and dictionaries, as Python has them.</summary>
internal static class JinjaMethods
{
    /// <summary>The method; null: there is none of that name.</summary>
    public static JinjaFunction? Find(object of, string name) => of switch
    {
        JinjaText text => OfText(text, name),
        JinjaMap map => OfMap(map, name),
        List<object?> list => OfList(list, name),
        _ => null,
    };

    private static JinjaFunction? OfText(JinjaText text, string name) => name switch
    {
        "strip" => arguments => text.Trim(Letters(arguments), start: true, end: true),
        "lstrip" => arguments => text.Trim(Letters(arguments), start: true, end: false),
        "rstrip" => arguments => text.Trim(Letters(arguments), start: false, end: true),
        "split" => arguments => text.Split(arguments.At(0, "sep") is JinjaText by ? by.Value : null, arguments.At(1, "maxsplit") is long most ? (int)most : -1).Select(object? (part) => part).ToList(),
        "rsplit" => arguments => RightSplit(text, arguments),
        "splitlines" => _ => text.Split("\n", -1).Select(object? (part) => part).ToList(),
        "startswith" => arguments => Any(arguments, word => text.Value.StartsWith(word, StringComparison.Ordinal)),
        "endswith" => arguments => Any(arguments, word => text.Value.EndsWith(word, StringComparison.Ordinal)),
        "replace" => arguments => text.Replace(arguments.Text(0, "old").Value, arguments.Text(1, "new"), arguments.At(2, "count") is long most ? (int)most : -1),
        "lower" => _ => text.Change(value => value.ToLowerInvariant()),
        "upper" => _ => text.Change(value => value.ToUpperInvariant()),
        "title" => _ => text.Change(value => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(value.ToLowerInvariant())),
        "capitalize" => _ => text.Change(value => value.Length == 0 ? value : char.ToUpperInvariant(value[0]) + value[1..].ToLowerInvariant()),
        "find" => arguments => (long)text.Value.IndexOf(arguments.Text(0, "sub").Value, StringComparison.Ordinal),
        "rfind" => arguments => (long)text.Value.LastIndexOf(arguments.Text(0, "sub").Value, StringComparison.Ordinal),
        "count" => arguments => (long)(text.Split(arguments.Text(0, "sub").Value, -1).Count - 1),
        "isdigit" => _ => text.Length > 0 && text.Value.All(char.IsDigit),
        "join" => arguments => JinjaFilters.Apply("join", arguments.At(0, "iterable"), new JinjaArguments([text], arguments.Named), 0),
        "removeprefix" => arguments => arguments.Text(0, "prefix").Value is { Length: > 0 } prefix && text.Value.StartsWith(prefix, StringComparison.Ordinal) ? text.Slice(prefix.Length, text.Length - prefix.Length) : text,
        "removesuffix" => arguments => arguments.Text(0, "suffix").Value is { Length: > 0 } suffix && text.Value.EndsWith(suffix, StringComparison.Ordinal) ? text.Slice(0, text.Length - suffix.Length) : text,
        _ => null,
    };

    private static JinjaFunction? OfMap(JinjaMap map, string name) => name switch
    {
        "items" => _ => JinjaFilters.Apply("items", map, new JinjaArguments([], new Dictionary<string, object?>()), 0),
        "keys" => _ => map.Items.Select(object? (item) => item.Key).ToList(),
        "values" => _ => map.Items.Select(item => item.Value).ToList(),
        "get" => arguments => map.Has(arguments.Text(0, "key").Value) ? map[arguments.Text(0, "key").Value] : arguments.At(1, "default"),
        "update" => arguments =>
        {
            foreach (var item in (arguments.At(0, "other") as JinjaMap)?.Items ?? [])
            {
                map.Set(item.Key, item.Value);
            }

            return null;
        },
        _ => null,
    };

    private static JinjaFunction? OfList(List<object?> list, string name) => name switch
    {
        "append" => arguments => Grow(list, [arguments.At(0, "object")]),
        "extend" => arguments => Grow(list, arguments.At(0, "iterable") as List<object?> ?? []),
        "index" => arguments => (long)list.FindIndex(item => JinjaValues.AreEqual(item, arguments.At(0, "value"))),
        "pop" => _ => Pop(list),
        _ => null,
    };

    private static object? Grow(List<object?> list, List<object?> items)
    {
        if (list.Count + items.Count > 100_000)
        {
            throw JinjaLimits.Exceeded("a list grows without end");
        }

        list.AddRange(items);
        return null;
    }

    private static object? Pop(List<object?> list)
    {
        if (list.Count == 0)
        {
            return JinjaValues.Undefined;
        }

        var last = list[^1];
        list.RemoveAt(list.Count - 1);
        return last;
    }

    private static List<object?> RightSplit(JinjaText text, JinjaArguments arguments)
    {
        var by = arguments.Text(0, "sep", " ").Value;
        var parts = text.Split(by, -1);
        var most = arguments.At(1, "maxsplit") is long given && given >= 0 ? (int)given : parts.Count;
        var joined = Math.Max(0, parts.Count - 1 - most);
        var head = JinjaText.Concat(parts.Take(joined + 1).SelectMany((part, i) => i == 0 ? [part] : (JinjaText[])[JinjaText.Trusted(by), part]));
        return [head, .. parts.Skip(joined + 1)];
    }

    private static bool Any(JinjaArguments arguments, Func<string, bool> holds) => arguments.At(0, "prefix") is List<object?> several
        ? several.Exists(word => holds(JinjaValues.Text(word).Value))
        : holds(arguments.Text(0, "prefix").Value);

    private static string? Letters(JinjaArguments arguments) => arguments.At(0, "chars") is JinjaText letters ? letters.Value : null;
}
