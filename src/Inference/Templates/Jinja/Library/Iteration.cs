using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>What a loop or a filter over a value goes through.</summary>
internal static class Iteration
{
    /// <summary>A new list: elements, keys, or characters (code points).</summary>
    /// <exception cref="JinjaException">The value has no parts.</exception>
    public static List<Value> Of(Value value, RenderBudget budget)
    {
        switch (value)
        {
            case Undefined:
                return [];
            case Sequence sequence:
                budget.Elements(sequence.Items.Count);
                return [.. sequence.Items];
            case Mapping mapping:
                budget.Elements(mapping.Items.Count);
                return [.. mapping.Items.Keys];
            case Text text:
                budget.Elements(text.Plain.Length);
                return Characters(text, budget);
            default:
                throw new JinjaException($"a value of the kind {value.Kind} cannot be gone through");
        }
    }

    /// <summary>How many parts a value has.</summary>
    public static int Count(Value value, RenderBudget budget)
    {
        switch (value)
        {
            case Text text:
                budget.Characters(text.Plain.Length);
                return (text.Points()?.Length - 1) ?? text.Plain.Length;
            case Sequence sequence:
                return sequence.Items.Count;
            case Mapping mapping:
                return mapping.Items.Count;
            case Undefined:
                return 0;
            default:
                throw new JinjaException($"a value of the kind {value.Kind} has no length");
        }
    }

    private static List<Value> Characters(Text text, RenderBudget budget)
    {
        var points = text.Points();
        var count = (points?.Length - 1) ?? text.Plain.Length;
        var run = 0;
        var characters = new List<Value>(count);
        for (var at = 0; at < count; at++)
        {
            var start = points?[at] ?? at;
            var end = points?[at + 1] ?? (at + 1);
            while (text.Runs[run].End <= start)
            {
                run++;
            }

            budget.Characters(1);
            characters.Add(Text.Of(text.Plain[start..end], text.Runs[run].Trusted && text.Runs[run].End >= end));
        }

        return characters;
    }
}
