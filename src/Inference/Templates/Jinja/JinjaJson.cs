using System.Globalization;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>Values as JSON the way Python's <c>json.dumps</c> writes it, and as Python itself shows them.</summary>
internal static class JinjaJson
{
    /// <summary>As JSON.</summary>
    public static JsonWords Json { get; } = new("null", "true", "false", '"');

    /// <summary>As Python shows a list or a dictionary.</summary>
    public static JsonWords Python { get; } = new("None", "True", "False", '\'');

    /// <param name="value">The value.</param>
    /// <param name="words">Which language.</param>
    /// <param name="indent">Blanks of one step; null: all on one line.</param>
    public static JinjaText Write(object? value, JsonWords words, int? indent)
    {
        var parts = new List<JinjaText>();
        Write(value, words, indent, 0, parts);
        return JinjaText.Concat(parts);
    }

    private static void Write(object? value, JsonWords words, int? indent, int depth, List<JinjaText> parts)
    {
        if (depth > JinjaLimits.Depth)
        {
            throw JinjaLimits.Exceeded("a value is nested too deep");
        }

        switch (value)
        {
            case List<object?> list:
                Sequence('[', ']', list, item => Write(item, words, indent, depth + 1, parts), indent, depth, parts);
                break;
            case JinjaMap map:
                Sequence('{', '}', map.Items, item =>
                {
                    parts.Add(Quote(item.Key, words));
                    parts.Add(JinjaText.Trusted(": "));
                    Write(item.Value, words, indent, depth + 1, parts);
                }, indent, depth, parts);
                break;
            case JinjaText text:
                parts.Add(Quote(text, words));
                break;
            default:
                parts.Add(JinjaText.Trusted(value switch
                {
                    null => words.None,
                    bool flag => flag ? words.True : words.False,
                    long number => number.ToString(CultureInfo.InvariantCulture),
                    double number => JinjaValues.Real(number),
                    _ => words.None,
                }));
                break;
        }
    }

    private static void Sequence<T>(char open, char close, IReadOnlyList<T> items, Action<T> write, int? indent, int depth, List<JinjaText> parts)
    {
        parts.Add(JinjaText.Trusted(open.ToString()));
        for (var i = 0; i < items.Count; i++)
        {
            parts.Add(JinjaText.Trusted((i == 0 ? "" : indent is null ? ", " : ",") + Line(indent, depth + 1)));
            write(items[i]);
        }

        parts.Add(JinjaText.Trusted((items.Count == 0 ? "" : Line(indent, depth)) + close));
    }

    private static string Line(int? indent, int depth) => indent is null ? "" : "\n" + new string(' ', indent.Value * depth);

    private static JinjaText Quote(JinjaText text, JsonWords words)
    {
        var quote = JinjaText.Trusted(words.Quote.ToString());
        return quote + text.Map(letter => letter switch
        {
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' when words.Quote == '"' => "\\b",
            '\f' when words.Quote == '"' => "\\f",
            _ when letter == words.Quote => "\\" + letter,
            < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
            _ => letter.ToString(),
        }) + quote;
    }

    /// <summary>The words of a language.</summary>
    internal sealed record JsonWords(string None, string True, string False, char Quote);
}
