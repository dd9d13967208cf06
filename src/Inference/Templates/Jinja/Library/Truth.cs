using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>What counts as true, equal and less, as in Python.</summary>
internal static class Truth
{
    public static bool Of(Value value) => value switch
    {
        Undefined or None => false,
        Flag flag => flag.IsTrue,
        Whole whole => whole.Number != 0,
        Real real => real.Number != 0,
        Text text => text.Plain.Length > 0,
        Sequence sequence => sequence.Items.Count > 0,
        Mapping mapping => mapping.Items.Count > 0,
        _ => true,
    };

    /// <summary>Equal by value; who wrote a text makes no difference.</summary>
    public static bool Same(Value left, Value right, RenderBudget budget)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        budget.Enter();
        var same = (left, right) switch
        {
            (Undefined, Undefined) => true,
            (Text a, Text b) => Same(a, b, budget),
            (Sequence a, Sequence b) => a.IsTuple == b.IsTuple && a.Items.Count == b.Items.Count
                && !a.Items.Where((item, at) => !Same(item, b.Items[at], budget)).Any(),
            (Mapping a, Mapping b) => a.Items.Count == b.Items.Count
                && a.Items.All(pair => Find(b, pair.Key, budget) is { } other && Same(pair.Value, other, budget)),
            _ => Numbers.Find(left) is { } x && Numbers.Find(right) is { } y && x.CompareTo(y) == 0,
        };
        budget.Leave();
        return same;
    }

    /// <summary>Order of numbers, texts and lists.</summary>
    /// <exception cref="JinjaException">They are not of one kind.</exception>
    public static int Compare(Value left, Value right, RenderBudget budget, bool ignoresCase = false)
    {
        budget.Enter();
        var order = (left, right) switch
        {
            (Text a, Text b) => Compare(a, b, budget, ignoresCase),
            (Sequence a, Sequence b) => Compare(a, b, budget, ignoresCase),
            _ when Numbers.Find(left) is { } x && Numbers.Find(right) is { } y => x.CompareTo(y),
            _ => throw new JinjaException($"values of the kinds {left.Kind} and {right.Kind} have no order"),
        };
        budget.Leave();
        return order;
    }

    /// <summary><c>in</c></summary>
    public static bool Contains(Value holder, Value wanted, RenderBudget budget)
    {
        switch (holder)
        {
            case Text text:
                var part = wanted as Text ?? throw new JinjaException($"'in' looks for a value of the kind {wanted.Kind} in a string");
                budget.Search(text.Plain.Length, part.Plain.Length);
                return text.Plain.Contains(part.Plain, StringComparison.Ordinal);
            case Sequence sequence:
                return sequence.Items.Exists(item => Same(item, wanted, budget));
            case Mapping mapping:
                budget.Key(wanted);
                return mapping.Items.ContainsKey(wanted);
            case Fields fields:
                budget.Key(wanted);
                return wanted is Text name && fields.Items.ContainsKey(name.Plain);
            case Undefined:
                return false;
            default:
                throw new JinjaException($"'in' cannot look into a value of the kind {holder.Kind}");
        }
    }

    private static Value? Find(Mapping mapping, Value key, RenderBudget budget)
    {
        budget.Key(key);
        return mapping.Items.GetValueOrDefault(key);
    }

    private static bool Same(Text left, Text right, RenderBudget budget)
    {
        if (left.Plain.Length != right.Plain.Length)
        {
            return false;
        }

        budget.Characters(left.Plain.Length);
        return string.Equals(left.Plain, right.Plain, StringComparison.Ordinal);
    }

    private static int Compare(Text left, Text right, RenderBudget budget, bool ignoresCase)
    {
        budget.Characters(Math.Min(left.Plain.Length, right.Plain.Length));
        return string.Compare(left.Plain, right.Plain, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private static int Compare(Sequence left, Sequence right, RenderBudget budget, bool ignoresCase)
    {
        for (var at = 0; at < left.Items.Count && at < right.Items.Count; at++)
        {
            if (!Same(left.Items[at], right.Items[at], budget))
            {
                return Compare(left.Items[at], right.Items[at], budget, ignoresCase);
            }
        }

        return left.Items.Count.CompareTo(right.Items.Count);
    }
}
