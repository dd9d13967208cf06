using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Which of the values that <c>enum</c> and <c>const</c> list satisfy what else is said.</summary>
internal static class LeafValues
{
    public static bool Fits(SchemaLeaf leaf, JsonElement value)
    {
        var type = SchemaKeywords.Of(value);
        if ((leaf.Types & type) == 0)
        {
            return false;
        }

        return type switch
        {
            JsonTypes.String => FitsText(leaf, SchemaKeywords.Text(new SchemaNode(value, leaf.Pointer), "enum", value)),
            JsonTypes.Integer or JsonTypes.Fraction => leaf.Bounds.IsFree || (value.TryGetDecimal(out var number) && leaf.Bounds.Holds(number)),
            JsonTypes.Object when leaf.Objects.Count + leaf.Required.Count > 0 => throw Mixed(leaf, "properties"),
            JsonTypes.Array when leaf.Arrays.Count > 0 => throw Mixed(leaf, "items"),
            _ => true,
        };
    }

    private static bool FitsText(SchemaLeaf leaf, string text)
    {
        if (leaf.Patterns.Count > 0)
        {
            throw Mixed(leaf, "pattern");
        }

        var length = text.EnumerateRunes().Count();
        return leaf.MinLength <= length && length <= leaf.MaxLength;
    }

    private static ModelException Mixed(SchemaLeaf leaf, string keyword) =>
        SchemaNode.Bad(leaf.Pointer, keyword, $"It stands beside listed values ('enum' or 'const'), which is not understood; leave '{keyword}' out.");
}
