namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Arrays: items of their own schemas first, then any number of one schema.</summary>
internal static class ArrayRules
{
    public static RuleBody? Write(SchemaLeaf leaf, GrammarText grammar, SchemaCompiler compiler, ref ModelException? fault)
    {
        var (min, max) = (leaf.MinItems, leaf.MaxItems);
        List<string> first = [];
        ModelException? reason = null;
        var listed = leaf.Arrays.Count == 0 ? 0 : leaf.Arrays.Max(part => part.First.Count);
        while (first.Count < Math.Min(listed, max))
        {
            if (compiler.RuleOf(NodesOf(leaf, first.Count), "item", out reason) is not { } item)
            {
                max = first.Count;
                break;
            }

            first.Add(item);
        }

        string? rest = null;
        if (max > first.Count && (listed == 0 || min > listed || leaf.Arrays.Any(part => part.Rest is not null)))
        {
            rest = compiler.RuleOf(NodesOf(leaf, listed), "item", out reason);
        }

        max = rest is null ? Math.Min(max, first.Count) : max;
        if (min > max)
        {
            fault ??= SchemaNode.Bad(leaf.Pointer, "minItems", $"So many items cannot be. {reason?.Message}".TrimEnd());
            return null;
        }

        if (leaf.Unique && max > 1)
        {
            throw SchemaNode.Bad(leaf.Pointer, "uniqueItems", "A grammar cannot keep it; leave it out.");
        }

        var space = grammar.Known("space");
        if (max == 0)
        {
            return new RuleBody($"\"[\" {space} \"]\"", []);
        }

        var needs = first.Take(min).Concat(min > first.Count ? [rest!] : []).ToList();
        var content = Content(grammar, first, rest, min, max);
        return min == 0
            ? new RuleBody($"\"[\" {space} ({content} {space})? \"]\"", needs)
            : new RuleBody($"\"[\" {space} {content} {space} \"]\"", needs);
    }

    private static List<SchemaNode> NodesOf(SchemaLeaf leaf, int place)
    {
        List<SchemaNode> nodes = [];
        foreach (var part in leaf.Arrays)
        {
            if (place < part.First.Count)
            {
                nodes.Add(part.First[place]);
            }
            else if (part.Rest is { } rest)
            {
                nodes.Add(rest);
            }
        }

        return nodes;
    }

    /// <summary>At least one item.</summary>
    private static string Content(GrammarText grammar, List<string> first, string? rest, int min, int max)
    {
        var tail = "";
        var head = Math.Max(1, first.Count);
        if (rest is not null && max > head)
        {
            tail = grammar.Repeat(grammar.Add("next", $"\",\" space {rest}"), Math.Max(0, min - head), max == int.MaxValue ? max : max - head);
        }

        for (var place = first.Count - 1; place > 0; place--)
        {
            var link = $"\",\" space {first[place]} {tail}";
            tail = grammar.Add("rest", place < min ? link : $"({link})?");
        }

        return $"{(first.Count > 0 ? first[0] : rest)} {tail}".TrimEnd();
    }
}
