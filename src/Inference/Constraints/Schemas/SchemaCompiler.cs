using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>One way to write a value: its text in the grammar, and the rules of the schema without which it cannot be written.</summary>
internal sealed record RuleBody(string Text, IReadOnlyList<string> Needs);

/// <summary>Turns one schema into rules of a grammar. A queue instead of recursion: a schema nests as deep as it likes. Used once.</summary>
internal sealed class SchemaCompiler
{
    private const int MostTogether = 16;

    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object"}""");

    private readonly GrammarText grammar;
    private readonly SchemaDocument document;
    private readonly SchemaAlternatives alternatives;
    private readonly Dictionary<string, (string? Rule, ModelException? Fault)> known = [];
    private readonly Queue<(string Rule, IReadOnlyList<SchemaLeaf> Leaves)> waiting = [];
    private readonly RuleEndings endings = new();

    public SchemaCompiler(GrammarText grammar, JsonElement schema)
    {
        this.grammar = grammar;
        document = new SchemaDocument(schema);
        alternatives = new SchemaAlternatives(document);
    }

    /// <summary>The name of the rule that takes what the schema allows.</summary>
    /// <param name="objectsOnly">Leaves out what the schema allows besides objects.</param>
    /// <exception cref="ModelException">Bad schema.</exception>
    public string Compile(bool objectsOnly = false)
    {
        IReadOnlyList<SchemaNode> nodes = objectsOnly ? [document.Root, new SchemaNode(AnyObject, "/(object)")] : [document.Root];
        var root = RuleOf(nodes, "json", out var fault) ?? throw fault!;
        while (waiting.TryDequeue(out var next))
        {
            Write(next.Rule, next.Leaves);
        }

        endings.Check();
        return root;
    }

    /// <summary>The rule of a value that satisfies several schemas; null: none does, for <paramref name="fault"/>.</summary>
    public string? RuleOf(IReadOnlyList<SchemaNode> nodes, string hint, out ModelException? fault)
    {
        fault = null;
        if (nodes.Count == 0)
        {
            return grammar.Known("value");
        }

        var settled = nodes.Select(document.Settle).DistinctBy(node => node.Pointer).OrderBy(node => node.Pointer, StringComparer.Ordinal).ToList();
        if (settled.Count > MostTogether)
        {
            throw settled[0].Bad("allOf", $"More than {MostTogether} schemas speak of one value; make it simpler.");
        }

        var key = string.Join('\n', settled.Select(node => node.Pointer));
        if (!known.TryGetValue(key, out var rule))
        {
            var leaves = alternatives.Of(settled, out var reason);
            if (leaves.Any(leaf => leaf.IsAny))
            {
                rule = (grammar.Known("value"), null);
            }
            else if (leaves.Count == 0)
            {
                rule = (null, reason);
            }
            else
            {
                rule = (grammar.NewName(hint), null);
                waiting.Enqueue((rule.Rule!, leaves));
            }

            known.Add(key, rule);
        }

        fault = rule.Fault;
        return rule.Rule;
    }

    private void Write(string rule, IReadOnlyList<SchemaLeaf> leaves)
    {
        List<RuleBody> ways = [];
        ModelException? fault = null;
        foreach (var leaf in leaves)
        {
            foreach (var way in Ways(leaf, ref fault))
            {
                ways.Add(way);
            }
        }

        grammar.Define(rule, string.Join(" | ", ways.Select(way => way.Text).Distinct()) is { Length: > 0 } text ? text : throw fault!);
        endings.Add(rule, leaves[0].Pointer, [.. ways.Select(way => way.Needs)]);
    }

    private List<RuleBody> Ways(SchemaLeaf leaf, ref ModelException? fault)
    {
        if (leaf.Values is not null)
        {
            return [.. leaf.Values.Where(value => LeafValues.Fits(leaf, value)).Select(value => Plain(GrammarText.Literal(JsonTexts.Of(value))))];
        }

        var types = leaf.Written;
        List<RuleBody> ways = [];
        if (types.HasFlag(JsonTypes.Object) && ObjectRules.Write(leaf, grammar, this, ref fault) is { } asObject)
        {
            ways.Add(asObject);
        }

        if (types.HasFlag(JsonTypes.Array) && ArrayRules.Write(leaf, grammar, this, ref fault) is { } asArray)
        {
            ways.Add(asArray);
        }

        if (types.HasFlag(JsonTypes.String))
        {
            ways.Add(Plain(TextRules.Write(leaf, grammar)));
        }

        if ((types & JsonTypes.Number) != 0)
        {
            ways.Add(Plain(NumberRules.Write(leaf.Bounds, types, grammar)));
        }

        if (types.HasFlag(JsonTypes.Boolean))
        {
            ways.Add(Plain(grammar.Known("boolean")));
        }

        if (types.HasFlag(JsonTypes.Null))
        {
            ways.Add(Plain(grammar.Known("null")));
        }

        return ways;
    }

    private static RuleBody Plain(string text) => new(text, []);
}
