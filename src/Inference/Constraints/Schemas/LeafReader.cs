using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Reads what a schema object says by itself: all keywords but <c>$ref</c>, <c>allOf</c>, <c>anyOf</c> and <c>oneOf</c>.</summary>
internal static class LeafReader
{
    private const int MostNames = 2_000;
    private const int MostValues = 1_000;

    public static SchemaLeaf Read(SchemaNode node)
    {
        var leaf = new SchemaLeaf(node.Pointer);
        var nullable = false;
        foreach (var keyword in node.Json.EnumerateObject())
        {
            var (name, value) = (keyword.Name, keyword.Value);
            leaf = name switch
            {
                "$ref" or "allOf" or "anyOf" or "oneOf" => leaf,
                "type" => leaf with { Types = SchemaKeywords.Types(node, value), Typed = true },
                "enum" => leaf.And(Values(node, name, value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : null)),
                "const" => leaf.And(Values(node, name, [value])),
                "minLength" => Speak(leaf, JsonTypes.String) with { MinLength = SchemaKeywords.Count(node, name, value) },
                "maxLength" => Speak(leaf, JsonTypes.String) with { MaxLength = SchemaKeywords.Count(node, name, value) },
                "pattern" => Speak(leaf, JsonTypes.String) with { Patterns = [.. leaf.Patterns, SchemaKeywords.Text(node, name, value)] },
                "format" => Format(leaf, SchemaKeywords.Text(node, name, value)),
                "minItems" => Speak(leaf, JsonTypes.Array) with { MinItems = SchemaKeywords.Count(node, name, value) },
                "maxItems" => Speak(leaf, JsonTypes.Array) with { MaxItems = SchemaKeywords.Count(node, name, value) },
                "uniqueItems" => Speak(leaf, JsonTypes.Array) with { Unique = SchemaKeywords.Switch(node, name, value) },
                "required" => Speak(leaf, JsonTypes.Object) with { Required = Names(node, value) },
                "minProperties" => Speak(leaf, JsonTypes.Object) with { MinProperties = SchemaKeywords.Count(node, name, value) },
                "maxProperties" => Speak(leaf, JsonTypes.Object) with { MaxProperties = SchemaKeywords.Count(node, name, value) },
                "unevaluatedProperties" when value.ValueKind is JsonValueKind.True or JsonValueKind.False =>
                    Speak(leaf, JsonTypes.Object) with { Closed = value.ValueKind == JsonValueKind.False },
                "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" =>
                    Speak(leaf, JsonTypes.Number) with { Bounds = BoundsReader.Read(leaf.Bounds, node, name, value) },
                "properties" or "additionalProperties" => leaf.Objects.Count > 0 ? leaf : Objects(leaf, node),
                "items" or "prefixItems" or "additionalItems" => leaf.Arrays.Count > 0 ? leaf : Arrays(leaf, node),
                "nullable" => leaf,
                _ when SchemaKeywords.IsRemark(name) => leaf,
                _ => throw node.Bad(name, "It is not understood; leave it out or say it in other words."),
            };
            nullable |= name == "nullable" && SchemaKeywords.Switch(node, name, value);
        }

        return nullable && leaf.Typed ? leaf with { Types = leaf.Types | JsonTypes.Null } : leaf;
    }

    private static SchemaLeaf Speak(SchemaLeaf leaf, JsonTypes types) => leaf with { Spoken = leaf.Spoken | types };

    private static SchemaLeaf Values(SchemaNode node, string keyword, IReadOnlyList<JsonElement>? values)
    {
        if (values is null or { Count: 0 or > MostValues })
        {
            throw node.Bad(keyword, values is { Count: 0 } ? "It lists no value, so nothing can satisfy it." : $"It is not a list of at most {MostValues} values.");
        }

        return new SchemaLeaf(node.Pointer) { Values = values };
    }

    private static SchemaLeaf Format(SchemaLeaf leaf, string format) =>
        TextFormats.PatternOf(format) is { } pattern ? Speak(leaf, JsonTypes.String) with { Patterns = [.. leaf.Patterns, pattern] } : leaf;

    private static IReadOnlyList<string> Names(SchemaNode node, JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MostNames
        ? [.. value.EnumerateArray().Select(name => SchemaKeywords.Text(node, "required", name)).Distinct()]
        : throw node.Bad("required", $"It is not a list of at most {MostNames} names.");

    private static SchemaLeaf Objects(SchemaLeaf leaf, SchemaNode node)
    {
        OrderedDictionary<string, SchemaNode>? properties = null;
        if (node.Json.TryGetProperty("properties", out var map))
        {
            if (map.ValueKind != JsonValueKind.Object)
            {
                throw node.Bad("properties", "It is not an object of schemas.");
            }

            properties = [];
            foreach (var property in map.EnumerateObject())
            {
                var name = NameOf(node, property);
                if (!properties.TryAdd(name, node.At("properties", name, property.Value)) || properties.Count > MostNames)
                {
                    throw node.Bad("properties", $"It names a property twice, or more than {MostNames}.");
                }
            }
        }

        SchemaNode? others = node.Json.TryGetProperty("additionalProperties", out var rest) ? node.At("additionalProperties", rest) : null;
        return Speak(leaf, JsonTypes.Object) with { Objects = [new ObjectPart(properties, others)] };
    }

    private static string NameOf(SchemaNode node, JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new ModelException(ModelFault.BadSchema, node.Bad("properties", "A name holds half a character.").Message, e);
        }
    }

    /// <summary>Draft 7 lists the first items in <c>items</c> and the rest in <c>additionalItems</c>; later drafts in <c>prefixItems</c> and <c>items</c>.</summary>
    private static SchemaLeaf Arrays(SchemaLeaf leaf, SchemaNode node)
    {
        var hasItems = node.Json.TryGetProperty("items", out var items);
        var old = hasItems && items.ValueKind == JsonValueKind.Array;
        var first = old ? List("items", items) : node.Json.TryGetProperty("prefixItems", out var prefix) ? List("prefixItems", prefix) : [];
        SchemaNode? rest = old
            ? node.Json.TryGetProperty("additionalItems", out var more) ? node.At("additionalItems", more) : null
            : hasItems ? node.At("items", items) : null;
        return Speak(leaf, JsonTypes.Array) with { Arrays = [new ArrayPart(first, rest)] };

        IReadOnlyList<SchemaNode> List(string keyword, JsonElement list) => SchemaKeywords.Schemas(node, keyword, list);
    }
}
