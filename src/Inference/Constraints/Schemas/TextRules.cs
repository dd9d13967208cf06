namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Strings: of a length, or of a pattern.</summary>
internal static class TextRules
{
    public static string Write(SchemaLeaf leaf, GrammarText grammar)
    {
        if (leaf.Patterns.Count == 0)
        {
            return leaf is { MinLength: 0, MaxLength: int.MaxValue }
                ? grammar.Known("string")
                : $"\"\\\"\" {grammar.Repeat(grammar.Known("char"), leaf.MinLength, leaf.MaxLength)} \"\\\"\"";
        }

        if (leaf.Patterns.Count > 1)
        {
            throw SchemaNode.Bad(leaf.Pointer, "pattern", "Two patterns, or a pattern and a format, for one string are not understood; say it in one.");
        }

        var pattern = PatternParser.Parse(leaf.Patterns[0], leaf.Pointer);
        if (pattern.Shortest < leaf.MinLength || (leaf.MaxLength != int.MaxValue && pattern.Longest > leaf.MaxLength))
        {
            throw SchemaNode.Bad(leaf.Pointer, "pattern", "It allows lengths that minLength or maxLength forbid; say the length in the pattern.");
        }

        return $"\"\\\"\" {PatternRules.Write(pattern, leaf.Pointer, grammar)} \"\\\"\"";
    }
}
