namespace Tessera.Inference.Templates.Jinja;

/// <summary>Names and their values, and those of the scopes around.</summary>
internal sealed class JinjaScope(JinjaScope? around)
{
    private readonly Dictionary<string, object?> names = new(StringComparer.Ordinal);

    public object? this[string name]
    {
        get => names.TryGetValue(name, out var value) ? value : around is null ? JinjaValues.Undefined : around[name];
        set => names[name] = value;
    }
}
