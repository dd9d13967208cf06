using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>JSON as models write it: compact, numbers as the schema spells them, and nothing escaped that need not be (the framework's writer escapes every emoji).</summary>
internal static class JsonTexts
{
    /// <summary>A value's text.</summary>
    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    /// <summary>The same for values that are equal: 1 and 1.0. Objects are equal in one order only.</summary>
    public static string KeyOf(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
        ? number.ToString("0.############################", CultureInfo.InvariantCulture)
        : Of(value);

    /// <summary>A text in quotes.</summary>
    public static string Of(string value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    /// <summary>As deep as the document, which its parser bounds.</summary>
    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var separator = "{";
                foreach (var property in value.EnumerateObject())
                {
                    text.Append(separator);
                    separator = ",";
                    Write(property.Name, text);
                    text.Append(':');
                    Write(property.Value, text);
                }

                text.Append(separator == "," ? "}" : "{}");
                break;
            case JsonValueKind.Array:
                var between = "[";
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(between);
                    between = ",";
                    Write(item, text);
                }

                text.Append(between == "," ? "]" : "[]");
                break;
            case JsonValueKind.String:
                Write(value.GetString()!, text);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Write(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
