using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>
/// Works references, <c>allOf</c>, <c>anyOf</c> and <c>oneOf</c> out into a flat list of alternatives, so that no rule of the grammar
/// stands for another one alone (the native engine walks such chains again and again). Alternatives that contradict themselves are
/// left out.
/// </summary>
internal sealed class SchemaAlternatives(SchemaDocument document)
{
    private const int MostNested = 64;
    private const int MostAlternatives = 256;
    private const int MostSteps = 50_000;

    private readonly HashSet<string> open = [];
    private int steps;

    /// <summary>The alternatives of several schemas that must hold together; empty where nothing satisfies them.</summary>
    /// <param name="nodes">The schemas.</param>
    /// <param name="fault">Why the list is empty.</param>
    public IReadOnlyList<SchemaLeaf> Of(IReadOnlyList<SchemaNode> nodes, out ModelException? fault)
    {
        fault = null;
        List<SchemaLeaf> all = [new SchemaLeaf(nodes.Count > 0 ? nodes[0].Pointer : "")];
        foreach (var node in nodes)
        {
            all = Both(all, Expand(node, ref fault), ref fault);
        }

        fault = all.Count > 0 ? null : fault;
        return all;
    }

    private List<SchemaLeaf> Expand(SchemaNode node, ref ModelException? fault)
    {
        switch (node.Json.ValueKind)
        {
            case JsonValueKind.True:
                return [new SchemaLeaf(node.Pointer)];
            case JsonValueKind.False:
                fault ??= node.Bad("false", "Nothing satisfies it.");
                return [];
            case JsonValueKind.Object when open.Count >= MostNested:
                throw node.Bad("$ref", $"More than {MostNested} schemas stand within each other; make it flatter.");
            case JsonValueKind.Object when !open.Add(node.Pointer):
                throw node.Bad("$ref", "It refers to itself with no object or array between, so it says nothing.");
            case JsonValueKind.Object:
                var alternatives = Combine(node, ref fault);
                open.Remove(node.Pointer);
                return alternatives;
            default:
                throw node.Bad("type", "A schema is an object, true or false.");
        }
    }

    private List<SchemaLeaf> Combine(SchemaNode node, ref ModelException? fault)
    {
        var all = Both([new SchemaLeaf(node.Pointer)], [LeafReader.Read(node)], ref fault);
        if (node.Json.TryGetProperty("$ref", out _))
        {
            all = Both(all, Expand(document.Target(node), ref fault), ref fault);
        }

        if (node.Json.TryGetProperty("allOf", out var parts))
        {
            foreach (var part in SchemaKeywords.Schemas(node, "allOf", parts))
            {
                all = Both(all, Expand(part, ref fault), ref fault);
            }
        }

        foreach (var keyword in (string[])["anyOf", "oneOf"])
        {
            if (node.Json.TryGetProperty(keyword, out var choices))
            {
                List<SchemaLeaf> either = [];
                foreach (var choice in SchemaKeywords.Schemas(node, keyword, choices))
                {
                    either.AddRange(Expand(choice, ref fault));
                    Check(node, keyword, either.Count);
                }

                all = Both(all, either, ref fault);
                Check(node, keyword, all.Count);
            }
        }

        return all;
    }

    private List<SchemaLeaf> Both(IReadOnlyList<SchemaLeaf> some, IReadOnlyList<SchemaLeaf> others, ref ModelException? fault)
    {
        List<SchemaLeaf> all = [];
        foreach (var one in some)
        {
            foreach (var other in others)
            {
                if ((steps += 1 + ((one.Weight + other.Weight) / 16)) > MostSteps)
                {
                    throw SchemaNode.Bad(one.Pointer, "anyOf", "There are too many ways to combine it; make it simpler.");
                }

                if (one.And(other).Possible(out var keyword) is { } both)
                {
                    all.Add(both);
                }
                else
                {
                    fault ??= SchemaNode.Bad(other.Pointer, keyword, "It contradicts what else is asked of the value, so nothing satisfies it.");
                }
            }
        }

        return all;
    }

    private static void Check(SchemaNode node, string keyword, int count)
    {
        if (count > MostAlternatives)
        {
            throw node.Bad(keyword, $"It comes to more than {MostAlternatives} alternatives; make it simpler.");
        }
    }
}
