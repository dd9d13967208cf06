using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>Names and their values. A loop or macro has a scope of its own: what it sets is gone after it.</summary>
internal sealed class Scope(Scope? outer = null)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    public Value? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._values.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return null;
    }

    public void Set(string name, Value value) => _values[name] = value;

    private Scope? Outer { get; } = outer;
}
