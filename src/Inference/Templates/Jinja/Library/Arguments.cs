using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>What a call passes.</summary>
/// <param name="Positional">In order.</param>
/// <param name="Named">By name.</param>
internal sealed record Arguments(IReadOnlyList<Value> Positional, IReadOnlyDictionary<string, Value> Named)
{
    public static Arguments None { get; } = new([], new Dictionary<string, Value>());

    /// <summary>All but the first ones.</summary>
    public Arguments After(int count) => this with { Positional = [.. Positional.Skip(count)] };

    /// <summary>Values in the order of parameters; null where none was given.</summary>
    /// <exception cref="JinjaException">More than there are parameters, one twice, or one with an unknown name.</exception>
    public Value?[] Bind(string function, IReadOnlyList<string> parameters)
    {
        if (Positional.Count > parameters.Count)
        {
            throw new JinjaException($"'{function}' takes at most {parameters.Count} arguments");
        }

        var bound = new Value?[parameters.Count];
        for (var at = 0; at < Positional.Count; at++)
        {
            bound[at] = Positional[at];
        }

        foreach (var (name, value) in Named)
        {
            var at = parameters.TakeWhile(parameter => parameter != name).Count();
            if (at == bound.Length || bound[at] is not null)
            {
                throw new JinjaException(at == bound.Length ? $"'{function}' has no argument '{name}'" : $"'{function}' is given '{name}' twice");
            }

            bound[at] = value;
        }

        return bound;
    }
}
