using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tessera.Unit.Inference.Constraints.Schemas;

/// <summary>Whether a value satisfies a schema, by the words of the standard, for the keywords that the tests write.</summary>
internal static class JsonValidator
{
    public static bool IsValid(JsonElement schema, JsonElement value, JsonElement root)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.ValueKind == JsonValueKind.True;
        }

        bool Valid(JsonElement inner, JsonElement of) => IsValid(inner, of, root);
        JsonElement? Word(string name) => schema.TryGetProperty(name, out var found) ? found : null;
        return schema.EnumerateObject().All(word => word.Name switch
        {
            "type" => (word.Value.ValueKind == JsonValueKind.Array ? word.Value.EnumerateArray().ToArray() : [word.Value]).Any(type => IsA(type.GetString()!, value)),
            "const" => JsonElement.DeepEquals(word.Value, value),
            "enum" => word.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
            "$ref" => Valid(root.GetProperty("$defs").GetProperty(word.Value.GetString()!["#/$defs/".Length..]), value),
            "anyOf" => word.Value.EnumerateArray().Any(one => Valid(one, value)),
            "allOf" => word.Value.EnumerateArray().All(one => Valid(one, value)),
            "minimum" => value.ValueKind != JsonValueKind.Number || Number(value) >= Number(word.Value),
            "maximum" => value.ValueKind != JsonValueKind.Number || Number(value) <= Number(word.Value),
            "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || Number(value) > Number(word.Value),
            "exclusiveMaximum" => value.ValueKind != JsonValueKind.Number || Number(value) < Number(word.Value),
            "minLength" => value.ValueKind != JsonValueKind.String || Length(value) >= word.Value.GetInt32(),
            "maxLength" => value.ValueKind != JsonValueKind.String || Length(value) <= word.Value.GetInt32(),
            "pattern" => value.ValueKind != JsonValueKind.String
                || Regex.IsMatch(value.GetString()!, word.Value.GetString()!, RegexOptions.ECMAScript, TimeSpan.FromSeconds(5)),
            "format" => value.ValueKind != JsonValueKind.String || word.Value.GetString() switch
            {
                "date" => DateOnly.TryParse(value.GetString(), out _),
                "date-time" => DateTimeOffset.TryParse(value.GetString(), out _),
                _ => Guid.TryParseExact(value.GetString(), "D", out _),
            },
            "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= word.Value.GetInt32(),
            "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= word.Value.GetInt32(),
            "prefixItems" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Zip(word.Value.EnumerateArray()).All(pair => Valid(pair.Second, pair.First)),
            "items" => value.ValueKind != JsonValueKind.Array
                || value.EnumerateArray().Skip(Word("prefixItems")?.GetArrayLength() ?? 0).All(item => Valid(word.Value, item)),
            "required" => value.ValueKind != JsonValueKind.Object || word.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "properties" => value.ValueKind != JsonValueKind.Object
                || value.EnumerateObject().All(one => !word.Value.TryGetProperty(one.Name, out var inner) || Valid(inner, one.Value)),
            "additionalProperties" => value.ValueKind != JsonValueKind.Object
                || value.EnumerateObject().All(one => (Word("properties")?.TryGetProperty(one.Name, out _) ?? false) || Valid(word.Value, one.Value)),
            "$defs" or "title" => true,
            _ => throw new InvalidOperationException(word.Name),
        });
    }

    private static int Length(JsonElement value) => value.GetString()!.EnumerateRunes().Count();

    private static decimal Number(JsonElement value) =>
        value.TryGetDecimal(out var number) ? number : value.GetDouble() > 0 ? decimal.MaxValue : decimal.MinValue;

    private static bool IsA(string type, JsonElement value) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && Number(value) % 1 == 0,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => string.Equals(value.ValueKind.ToString(), type, StringComparison.OrdinalIgnoreCase),
    };
}
