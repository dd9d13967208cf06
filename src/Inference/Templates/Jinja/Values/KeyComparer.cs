namespace Tessera.Inference.Templates.Jinja.Values;

/// <summary>Equality of dictionary keys as in Python: 1, 1.0 and true are one key; a text is its characters whoever wrote them.</summary>
internal sealed class KeyComparer : IEqualityComparer<Value>
{
    private KeyComparer()
    {
    }

    public static KeyComparer Instance { get; } = new();

    public bool Equals(Value? x, Value? y) => (x, y) switch
    {
        (Text a, Text b) => string.Equals(a.Plain, b.Plain, StringComparison.Ordinal),
        (None, None) => true,
        (Sequence a, Sequence b) => a.Items.SequenceEqual(b.Items, this),
        ({ } a, { } b) => Numbers.Find(a) is { } left && Numbers.Find(b) is { } right && left.CompareTo(right) == 0,
        _ => false,
    };

    public int GetHashCode(Value obj) => obj switch
    {
        Text text => string.GetHashCode(text.Plain, StringComparison.Ordinal),
        None => 0,
        Sequence { IsTuple: true } tuple when tuple.Items.TrueForAll(item => item is not Sequence) =>
            tuple.Items.Aggregate(tuple.Items.Count, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        _ => Numbers.Find(obj) is { } number
            ? number.AsDouble.GetHashCode()
            : throw new JinjaException($"a {obj.Kind} cannot be a key of a dictionary"),
    };
}
