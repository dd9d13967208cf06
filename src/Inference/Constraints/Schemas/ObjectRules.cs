namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Objects: named properties in the order of the schema, each once, then others where they are allowed.</summary>
internal static class ObjectRules
{
    private sealed record Entry(string Name, bool Required, string Value);

    public static RuleBody? Write(SchemaLeaf leaf, GrammarText grammar, SchemaCompiler compiler, ref ModelException? fault)
    {
        if (leaf.Objects.Count == 0 && leaf.Required.Count == 0 && !leaf.Closed && leaf.MinProperties == 0 && leaf.MaxProperties == int.MaxValue)
        {
            return new RuleBody(grammar.Known("object"), []);
        }

        List<Entry> entries = [];
        var declared = Declared(leaf);
        var mustBe = leaf.Required.ToHashSet();
        foreach (var name in declared.Union(leaf.Required))
        {
            var required = mustBe.Contains(name);
            var (nodes, said) = NodesOf(leaf, name);
            var allowed = said || !leaf.Closed;
            ModelException? reason = null;
            if (allowed && compiler.RuleOf(nodes, name, out reason) is { } rule)
            {
                entries.Add(new Entry(name, required, rule));
            }
            else if (required)
            {
                fault ??= SchemaNode.Bad(leaf.Pointer, "required", $"A property that must be there cannot be. {reason?.Message}".TrimEnd());
                return null;
            }
        }

        var others = Others(leaf, compiler, leaf.Objects.Any(part => part.Properties is not null));
        return entries.Count == 0 && others is not null ? Map(leaf, grammar, others) : Named(leaf, grammar, entries, declared, others, ref fault);
    }

    private static List<string> Declared(SchemaLeaf leaf) => [.. leaf.Objects.SelectMany(part => part.Properties is { } properties ? properties.Keys.ToArray() : []).Distinct()];

    private static (List<SchemaNode> Nodes, bool Said) NodesOf(SchemaLeaf leaf, string name)
    {
        List<SchemaNode> nodes = [];
        var said = false;
        foreach (var part in leaf.Objects)
        {
            SchemaNode? own = part.Properties is { } properties && properties.TryGetValue(name, out var node) ? node : null;
            said |= own is not null || part.Others is not null;
            if ((own ?? part.Others) is { } schema)
            {
                nodes.Add(schema);
            }
        }

        return (nodes, said);
    }

    /// <summary>The rule of values under names that the schema does not list; null: there are none.</summary>
    private static string? Others(SchemaLeaf leaf, SchemaCompiler compiler, bool hasNames)
    {
        var nodes = leaf.Objects.Where(part => part.Others is not null).Select(part => part.Others!.Value).ToList();
        return leaf.Closed || (hasNames && nodes.Count == 0) ? null : compiler.RuleOf(nodes, "other", out _);
    }

    private static RuleBody Map(SchemaLeaf leaf, GrammarText grammar, string value)
    {
        var space = grammar.Known("space");
        // Names that are declared but impossible must not come back as others.
        var member = grammar.Add("member", $"{OtherKeys.Write(Declared(leaf), grammar)} \":\" {space} {value}");
        if (leaf.MaxProperties == 0)
        {
            return new RuleBody("\"{\" space \"}\"", []);
        }

        var max = leaf.MaxProperties == int.MaxValue ? int.MaxValue : leaf.MaxProperties - 1;
        var next = max == 0 ? "" : grammar.Add("next", $"\",\" {space} {member}");
        var more = grammar.Repeat(next, Math.Max(0, leaf.MinProperties - 1), max);
        return leaf.MinProperties == 0
            ? new RuleBody($"\"{{\" space ({member} {more} space)? \"}}\"", [])
            : new RuleBody($"\"{{\" space {member} {more} space \"}}\"", [value]);
    }

    private static RuleBody? Named(
        SchemaLeaf leaf, GrammarText grammar, List<Entry> entries, List<string> declared, string? others, ref ModelException? fault)
    {
        var room = leaf.MaxProperties - entries.Count(entry => entry.Required);
        if (leaf.MaxProperties != int.MaxValue)
        {
            // Others could be too many: a count and names at once are beyond a grammar. Leaving them out is within the schema.
            others = null;
            entries = [.. entries.Where(entry => entry.Required || room-- > 0)];
        }

        if (leaf.MinProperties > Math.Max(1, entries.Count(entry => entry.Required)))
        {
            throw SchemaNode.Bad(leaf.Pointer, "minProperties", "It is kept only where no property is named, or where so many are required; require them by name.");
        }

        if (entries.Count == 0)
        {
            fault ??= leaf.MinProperties > 0 ? SchemaNode.Bad(leaf.Pointer, "minProperties", "No property is allowed.") : null;
            return leaf.MinProperties > 0 ? null : new RuleBody($"\"{{\" {grammar.Known("space")} \"}}\"", []);
        }

        var content = Content(grammar, entries, others is null ? null : (OtherKeys.Write([.. declared.Union(leaf.Required)], grammar), others));
        var needed = entries.Where(entry => entry.Required).Select(entry => entry.Value).ToList();
        return needed.Count == 0 && leaf.MinProperties == 0
            ? new RuleBody($"\"{{\" space (({content}) space)? \"}}\"", [])
            : new RuleBody($"\"{{\" space ({content}) space \"}}\"", needed);
    }

    /// <summary>
    /// What stands between the braces, not nothing. The first property that is written may be any up to the first required one; what
    /// follows each of them is a rule that the one before goes on with, so the text grows with the properties and not with their square.
    /// </summary>
    private static string Content(GrammarText grammar, List<Entry> entries, (string Key, string Value)? others)
    {
        var space = grammar.Known("space");
        var members = entries.Select(entry => grammar.Add(
            entry.Name, $"{GrammarText.Literal(JsonTexts.Of(entry.Name) + ":")} {space} {entry.Value}")).ToList();
        var other = others is null ? null : grammar.Add("other", $"{others.Value.Key} \":\" {space} {others.Value.Value}");
        var tail = other is null ? "" : grammar.Add("others", $"\",\" {space} {other}") + "*";
        var firstRequired = entries.FindIndex(entry => entry.Required);
        var last = firstRequired < 0 ? entries.Count - 1 : firstRequired;
        List<string> ways = firstRequired < 0 && other is not null ? [$"{other} {tail}"] : [];
        for (var place = entries.Count - 1; place >= 0; place--)
        {
            if (place <= last)
            {
                ways.Insert(0, $"{members[place]} {tail}");
            }

            var link = entries[place].Required ? $"\",\" {space} {members[place]} {tail}" : $"(\",\" {space} {members[place]})? {tail}";
            tail = place == 0 ? "" : place <= last ? grammar.Add("rest", link) : link;
        }

        return string.Join(" | ", ways);
    }
}
