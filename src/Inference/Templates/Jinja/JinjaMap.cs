namespace Tessera.Inference.Templates.Jinja;

/// <summary>Keys and values in the order in which they were added.</summary>
internal sealed class JinjaMap
{
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<JinjaText, object?>> items = [];

    public int Count => items.Count;

    public IReadOnlyList<KeyValuePair<JinjaText, object?>> Items => items;

    public object? this[string key]
    {
        get => places.TryGetValue(key, out var place) ? items[place].Value : JinjaValues.Undefined;
        set => Set(JinjaText.Trusted(key), value);
    }

    public bool Has(string key) => places.ContainsKey(key);

    public void Set(JinjaText key, object? value)
    {
        if (places.TryGetValue(key.Value, out var place))
        {
            items[place] = new(key, value);
            return;
        }

        places[key.Value] = items.Count;
        items.Add(new(key, value));
    }
}
