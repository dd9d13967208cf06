using System.Collections.Frozen;
using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Reads the values that keywords may have.</summary>
internal static class SchemaKeywords
{
    private static readonly FrozenSet<string> Remarks = FrozenSet.Create(
        StringComparer.Ordinal,
        "title", "description", "default", "examples", "example", "deprecated", "readOnly", "writeOnly", "$schema", "$id", "id", "$comment",
        "$anchor", "$defs", "definitions", "$vocabulary", "contentEncoding", "contentMediaType", "discriminator", "externalDocs", "xml",
        "enumNames", "enumDescriptions", "markdownDescription", "propertyOrdering", "strict");

    private const int MostSchemas = 1_000;

    /// <summary>Whether a keyword says nothing about which values are valid.</summary>
    public static bool IsRemark(string keyword) => Remarks.Contains(keyword) || keyword.StartsWith("x-", StringComparison.Ordinal);

    public static int Count(SchemaNode node, string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= 0 && number == decimal.Truncate(number)
            ? (int)Math.Min(number, int.MaxValue)
            : throw node.Bad(keyword, "It is not a whole number of zero or more.");

    public static bool Switch(SchemaNode node, string keyword, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw node.Bad(keyword, "It is neither true nor false."),
    };

    public static string Text(SchemaNode node, string keyword, JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw node.Bad(keyword, "It is not a text.");
        }
        catch (InvalidOperationException e)
        {
            throw new ModelException(ModelFault.BadSchema, node.Bad(keyword, "It holds half a character.").Message, e);
        }
    }

    public static IReadOnlyList<SchemaNode> Schemas(SchemaNode node, string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is > 0 and <= MostSchemas
            ? [.. value.EnumerateArray().Select((child, place) => node.At(keyword, place, child))]
            : throw node.Bad(keyword, $"It is not a list of 1 to {MostSchemas} schemas.");

    public static JsonTypes Types(SchemaNode node, JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Aggregate(JsonTypes.None, (types, name) => types | Type(node, name))
        : Type(node, value);

    public static JsonTypes Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonTypes.Object,
        JsonValueKind.Array => JsonTypes.Array,
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.Number => value.TryGetDecimal(out var number) && number == decimal.Truncate(number) ? JsonTypes.Integer : JsonTypes.Fraction,
        JsonValueKind.Null => JsonTypes.Null,
        _ => JsonTypes.Boolean,
    };

    private static JsonTypes Type(SchemaNode node, JsonElement value) => Text(node, "type", value) switch
    {
        "null" => JsonTypes.Null,
        "boolean" => JsonTypes.Boolean,
        "object" => JsonTypes.Object,
        "array" => JsonTypes.Array,
        "string" => JsonTypes.String,
        "integer" => JsonTypes.Integer,
        "number" => JsonTypes.Number,
        _ => throw node.Bad("type", "It names a type that JSON does not have."),
    };
}
