using System.Text.Json;

namespace Tessera.Unit.Rag.Retrieval.Stores.Qdrant;

/// <summary>
/// Checks JSON against the schemas of an OpenAPI document, more strictly than they say: a field that a schema does not name is wrong, for a
/// misspelt one is passed over in silence by the server.
/// </summary>
internal sealed class ApiSchema(JsonElement document)
{
    private const string Reference = "#/components/schemas/";

    private readonly JsonElement _schemas = document.GetProperty("components").GetProperty("schemas");

    /// <summary>What is wrong with a value; null where nothing is.</summary>
    public string? Wrong(JsonElement value, JsonElement schema, string at = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Wrong(value, _schemas.GetProperty(reference.GetString()![Reference.Length..]), at);
        }

        var mayBeNull = schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean();
        if (value.ValueKind == JsonValueKind.Null || (mayBeNull && !schema.EnumerateObject().Any(x => x.Name is "type" or "anyOf" or "oneOf" or "enum")))
        {
            return value.ValueKind == JsonValueKind.Null && (mayBeNull || HasNull(schema)) ? null : $"{at} {(value.ValueKind == JsonValueKind.Null ? "is" : "is not")} null";
        }

        foreach (var name in (string[])["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(name, out var branches))
            {
                var wrongs = branches.EnumerateArray().Select(x => Wrong(value, x, at)).ToList();
                return wrongs.Contains(null) ? null : $"{at} is none of {wrongs.Count} ({string.Join("; ", wrongs.Take(3))})";
            }
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(x => x.ToString() == value.ToString()))
        {
            return $"{at} is not of {allowed}";
        }

        return schema.TryGetProperty("type", out var type) ? OfType(value, type.GetString()!, schema, at) : null;
    }

    private bool HasNull(JsonElement schema) =>
        schema.TryGetProperty("anyOf", out var branches) && branches.EnumerateArray().Any(x => x.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean());

    private string? OfType(JsonElement value, string type, JsonElement schema, string at) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) => OfObject(value, schema, at),
        ("array", JsonValueKind.Array) => OfArray(value, schema, at),
        ("string", JsonValueKind.String) => OfString(value.GetString()!, schema, at),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => null,
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _) ? OfNumber(value.GetDouble(), schema, at) : $"{at} is no whole number",
        ("number", JsonValueKind.Number) => OfNumber(value.GetDouble(), schema, at),
        _ => $"{at} is a {value.ValueKind}, not a {type}",
    };

    private string? OfObject(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("required", out var required)
            && required.EnumerateArray().FirstOrDefault(x => !value.TryGetProperty(x.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing)
        {
            return $"{at} lacks {missing}";
        }

        var known = schema.TryGetProperty("properties", out var properties);
        var hasMore = schema.TryGetProperty("additionalProperties", out var more);
        foreach (var field in value.EnumerateObject())
        {
            var where = $"{at}.{field.Name}";
            var wrong = known && properties.TryGetProperty(field.Name, out var own) ? Wrong(field.Value, own, where)
                : hasMore && more.ValueKind == JsonValueKind.Object ? Wrong(field.Value, more, where)
                : (hasMore && more.ValueKind == JsonValueKind.True) || (!hasMore && !known) ? null
                : $"{where} is not in the document";
            if (wrong is not null)
            {
                return wrong;
            }
        }

        return null;
    }

    private string? OfArray(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("minItems", out var least) && value.GetArrayLength() < least.GetInt32())
        {
            return $"{at} has fewer than {least}";
        }

        if (schema.TryGetProperty("uniqueItems", out var unique) && unique.GetBoolean()
            && value.EnumerateArray().Select(x => x.ToString()).Distinct().Count() < value.GetArrayLength())
        {
            return $"{at} has one twice";
        }

        return schema.TryGetProperty("items", out var items)
            ? value.EnumerateArray().Select((x, i) => Wrong(x, items, $"{at}[{i}]")).FirstOrDefault(x => x is not null)
            : null;
    }

    private static string? OfString(string value, JsonElement schema, string at) =>
        schema.TryGetProperty("minLength", out var least) && value.Length < least.GetInt32() ? $"{at} is too short"
        : schema.TryGetProperty("format", out var format) && format.GetString() == "uuid" && !Guid.TryParse(value, out _) ? $"{at} is no UUID"
        : null;

    private static string? OfNumber(double value, JsonElement schema, string at) =>
        (schema.TryGetProperty("minimum", out var least) && value < least.GetDouble()) || (schema.TryGetProperty("maximum", out var most) && value > most.GetDouble())
            ? $"{at} is out of range"
            : null;
}
