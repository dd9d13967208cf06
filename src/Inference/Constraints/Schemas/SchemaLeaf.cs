using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>What one schema object says about an object's properties. Null: the keyword is not there.</summary>
internal sealed record ObjectPart(OrderedDictionary<string, SchemaNode>? Properties, SchemaNode? Others);

/// <summary>What one schema object says about an array's items. <paramref name="Rest"/> null: it says nothing about further ones.</summary>
internal sealed record ArrayPart(IReadOnlyList<SchemaNode> First, SchemaNode? Rest);

/// <summary>Everything that must hold at once for one alternative of a schema: no reference, no choice left in it but that of the type.</summary>
internal sealed record SchemaLeaf(string Pointer)
{
    public JsonTypes Types { get; init; } = JsonTypes.All;

    /// <summary>Whether <c>type</c> was said.</summary>
    public bool Typed { get; init; }

    /// <summary>The types that other keywords speak of.</summary>
    public JsonTypes Spoken { get; init; }

    public IReadOnlyList<JsonElement>? Values { get; init; }

    public NumberBounds Bounds { get; init; } = new();

    public int MinLength { get; init; }

    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>Regular expressions, and those of formats.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    public IReadOnlyList<ObjectPart> Objects { get; init; } = [];

    public IReadOnlyList<string> Required { get; init; } = [];

    public bool Closed { get; init; }

    public int MinProperties { get; init; }

    public int MaxProperties { get; init; } = int.MaxValue;

    public IReadOnlyList<ArrayPart> Arrays { get; init; } = [];

    public int MinItems { get; init; }

    public int MaxItems { get; init; } = int.MaxValue;

    public bool Unique { get; init; }

    public bool IsAny => !Typed && Spoken == JsonTypes.None && Values is null && Types == JsonTypes.All;

    /// <summary>The types that are written: where none is said, those that the keywords speak of.</summary>
    public JsonTypes Written => !Typed && Spoken != JsonTypes.None ? Types & Spoken : Types;

    /// <summary>How much work it is to combine.</summary>
    public int Weight => (Values?.Count ?? 0) + Required.Count + Objects.Count + Arrays.Count + Patterns.Count;

    /// <summary>Both at once.</summary>
    public SchemaLeaf And(SchemaLeaf other) => IsAny ? other : other.IsAny ? this : this with
    {
        Types = Types & other.Types,
        Typed = Typed || other.Typed,
        Spoken = Spoken | other.Spoken,
        Values = Values is null ? other.Values : other.Values is null ? Values : Both(Values, other.Values),
        Bounds = Bounds.And(other.Bounds),
        MinLength = Math.Max(MinLength, other.MinLength),
        MaxLength = Math.Min(MaxLength, other.MaxLength),
        Patterns = [.. Patterns.Union(other.Patterns)],
        Objects = [.. Objects, .. other.Objects],
        Required = [.. Required.Union(other.Required)],
        Closed = Closed || other.Closed,
        MinProperties = Math.Max(MinProperties, other.MinProperties),
        MaxProperties = Math.Min(MaxProperties, other.MaxProperties),
        Arrays = [.. Arrays, .. other.Arrays],
        MinItems = Math.Max(MinItems, other.MinItems),
        MaxItems = Math.Min(MaxItems, other.MaxItems),
        Unique = Unique || other.Unique,
    };

    /// <summary>Null where no value can satisfy it: then <paramref name="keyword"/> is what stands in the way.</summary>
    public SchemaLeaf? Possible(out string keyword)
    {
        if (Types == JsonTypes.None)
        {
            keyword = "type";
            return null;
        }

        if (Values is not null)
        {
            keyword = "enum";
            return Values.Any(value => LeafValues.Fits(this, value)) ? this : null;
        }

        keyword = "";
        var types = Written;
        void Strike(bool contradicts, JsonTypes struck, string name, ref string reason)
        {
            if (contradicts && (types & struck) != 0)
            {
                types &= ~struck;
                reason = reason.Length == 0 ? name : reason;
            }
        }

        Strike(MinLength > MaxLength, JsonTypes.String, "minLength", ref keyword);
        Strike(MinItems > MaxItems, JsonTypes.Array, "minItems", ref keyword);
        Strike(MinProperties > MaxProperties, JsonTypes.Object, "minProperties", ref keyword);
        Strike(Required.Count > MaxProperties, JsonTypes.Object, "maxProperties", ref keyword);
        Strike(!Bounds.HasWhole, JsonTypes.Integer, "minimum", ref keyword);
        Strike(!Bounds.HasAny, JsonTypes.Number, "minimum", ref keyword);
        keyword = keyword.Length == 0 ? "type" : keyword;
        return types == JsonTypes.None ? null : this with { Types = types, Typed = Typed || types != Written };
    }

    private static List<JsonElement> Both(IReadOnlyList<JsonElement> one, IReadOnlyList<JsonElement> other) =>
        [.. one.IntersectBy(other.Select(JsonTexts.KeyOf), JsonTexts.KeyOf)];
}
