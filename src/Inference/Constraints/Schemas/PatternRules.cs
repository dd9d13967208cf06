namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Writes a regular expression as grammar, in the spelling of JSON strings.</summary>
internal static class PatternRules
{
    private static readonly (int Rune, string Escape)[] Escapes =
        [('"', "\\\""), ('\\', "\\\\"), ('\n', "\\n"), ('\r', "\\r"), ('\t', "\\t"), ('\b', "\\b"), ('\f', "\\f")];

    public static string Write(PatternNode node, string pointer, GrammarText grammar)
    {
        switch (node)
        {
            case PatternNode.OneOf one:
                return OneOf(one.Set, pointer);
            case PatternNode.Anything:
                return grammar.Known("char") + "*";
            case PatternNode.Sequence sequence:
                return string.Join(' ', sequence.Parts.Select(part => Write(part, pointer, grammar)));
            case PatternNode.Choice choice:
                return $"({string.Join(" | ", choice.Ways.Select(way => Write(way, pointer, grammar)))})";
            case PatternNode.Repeated { Max: 0 }:
                return "";
            case PatternNode.Repeated { Part.Shortest: 0, Max: 1 } optional:
                return Write(optional.Part, pointer, grammar);
            case PatternNode.Repeated { Part.Shortest: 0 }:
                throw SchemaNode.Bad(pointer, "pattern", "It repeats what may be empty; write the repetition once.");
            case PatternNode.Repeated repeated:
                var part = Write(repeated.Part, pointer, grammar);
                var isSymbol = repeated.Part is PatternNode.OneOf && part[0] != '(';
                return grammar.Repeat(isSymbol ? part : grammar.Add("part", part), repeated.Min, repeated.Max);
            default:
                throw new ArgumentOutOfRangeException(nameof(node));
        }
    }

    private static string OneOf(CharSet set, string pointer)
    {
        var plain = set.And(CharSet.Plain);
        List<string> ways = [];
        if (!plain.IsEmpty)
        {
            ways.Add(plain.Single is { } rune ? GrammarText.Literal(char.ConvertFromUtf32(rune)) : plain.ToClass());
        }

        ways.AddRange(Escapes.Where(escape => set.Contains(escape.Rune)).Select(escape => GrammarText.Literal(escape.Escape)));
        return ways.Count switch
        {
            0 => throw SchemaNode.Bad(pointer, "pattern", "It asks for a character that cannot be written."),
            1 => ways[0],
            _ => $"({string.Join(" | ", ways)})",
        };
    }
}
