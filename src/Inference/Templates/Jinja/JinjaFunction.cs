namespace Tessera.Inference.Templates.Jinja;

/// <summary>Something that a template may call.</summary>
internal delegate object? JinjaFunction(JinjaArguments arguments);

/// <summary>What is given to a call.</summary>
/// <param name="List">In order.</param>
/// <param name="Named">By name.</param>
internal sealed record JinjaArguments(IReadOnlyList<object?> List, IReadOnlyDictionary<string, object?> Named)
{
    /// <summary>One of them, by place or by name.</summary>
    public object? At(int index, string name, object? otherwise = null) =>
        index < List.Count ? List[index] : Named.TryGetValue(name, out var value) ? value : otherwise;

    public JinjaText Text(int index, string name, string otherwise = "") => At(index, name) is { } value ? JinjaValues.Text(value) : JinjaText.Trusted(otherwise);
}
