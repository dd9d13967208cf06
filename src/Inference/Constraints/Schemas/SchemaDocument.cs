using System.Globalization;
using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>A schema with what it refers to within itself.</summary>
internal sealed class SchemaDocument
{
    private const int LongestText = 500_000;
    private const int LongestReference = 1_000;
    private const int LongestChain = 64;

    private readonly Dictionary<string, SchemaNode> targets = [];

    /// <exception cref="ModelException">It is too long or too deep.</exception>
    public SchemaDocument(JsonElement root)
    {
        var text = root.ValueKind == JsonValueKind.Undefined ? "" : root.GetRawText();
        if (text.Length is 0 or > LongestText)
        {
            throw SchemaNode.Bad("", "type", text.Length == 0 ? "There is no schema." : $"It is longer than {LongestText} characters.");
        }

        try
        {
            // Whoever read it may have let it nest deeper than the stack carries.
            Root = new SchemaNode(JsonElement.Parse(text), "");
        }
        catch (JsonException e)
        {
            throw new ModelException(ModelFault.BadSchema, SchemaNode.Bad("", "type", "It nests deeper than 64 levels.").Message, e);
        }
    }

    public SchemaNode Root { get; }

    /// <summary>The schema that stands behind references with nothing beside them: two ways to one schema give one node.</summary>
    public SchemaNode Settle(SchemaNode node)
    {
        for (var steps = 0; node.Json.ValueKind == JsonValueKind.Object && node.Json.TryGetProperty("$ref", out _); steps++)
        {
            if (!node.Json.EnumerateObject().All(property => property.Name == "$ref" || SchemaKeywords.IsRemark(property.Name)))
            {
                break;
            }

            node = steps < LongestChain ? Target(node) : throw node.Bad("$ref", "It leads through a circle of references, or too many of them.");
        }

        return node;
    }

    /// <summary>What a node's <c>$ref</c> names.</summary>
    public SchemaNode Target(SchemaNode node)
    {
        var reference = node.Json.GetProperty("$ref");
        var text = SchemaKeywords.Text(node, "$ref", reference);
        if (targets.TryGetValue(text, out var known))
        {
            return known;
        }

        if (text.Length > LongestReference)
        {
            throw node.Bad("$ref", $"It is longer than {LongestReference} characters.");
        }

        if (text != "#" && !text.StartsWith("#/", StringComparison.Ordinal))
        {
            throw node.Bad("$ref", "Only references within the schema ('#/…') are followed.");
        }

        var at = Root.Json;
        foreach (var part in text.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = Child(at, name) ?? throw node.Bad("$ref", "It names nothing in the schema.");
        }

        return targets[text] = new SchemaNode(at, Uri.UnescapeDataString(text[1..]));
    }

    private static JsonElement? Child(JsonElement parent, string name) => parent.ValueKind switch
    {
        JsonValueKind.Object when parent.TryGetProperty(name, out var child) => child,
        JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && place < parent.GetArrayLength() => parent[place],
        _ => null,
    };
}
