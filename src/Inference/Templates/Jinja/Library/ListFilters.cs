using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>Filters on lists and dictionaries as a whole.</summary>
internal static class ListFilters
{
    public static IReadOnlyList<KeyValuePair<string, Function>> All { get; } =
    [
        Function.Of("length", "", call => new Whole(Iteration.Count(call.Self, call.Budget))),
        Function.Of("count", "", call => new Whole(Iteration.Count(call.Self, call.Budget))),
        Function.Of("list", "", call => new Sequence(Items(call))),
        Function.Of("first", "", call => Items(call) is [var first, ..] ? first : new Undefined()),
        Function.Of("last", "", call => Items(call) is [.., var last] ? last : new Undefined()),
        Function.Of("join", "d attribute", Join),
        Function.Of("reverse", "", Reverse),
        Function.Of("sort", "reverse case_sensitive attribute", Sort),
        Function.Of("unique", "case_sensitive attribute", Unique),
        Function.Of("min", "case_sensitive attribute", call => Extreme(call, -1)),
        Function.Of("max", "case_sensitive attribute", call => Extreme(call, 1)),
        Function.Of("sum", "attribute start", Sum),
        Function.Of("items", "", Pairs),
        Function.Of("dictsort", "case_sensitive by reverse", SortPairs),
        Function.Of("batch", "linecount fill_with", Batch),
    ];

    /// <summary>The pairs of a dictionary as tuples.</summary>
    public static Sequence Pairs(Call call)
    {
        if (call.Self is Undefined)
        {
            return new Sequence([]);
        }

        var mapping = call.Self as Mapping ?? throw new JinjaException($"'{call.Name}' is given a value of the kind {call.Self.Kind}");
        return call.NewList([.. mapping.Items.Select(pair => new Sequence([pair.Key, pair.Value], isTuple: true))]);
    }

    /// <summary>An attribute by its path, <c>a.b.0</c>; the value itself where no path is given.</summary>
    public static Value Attribute(Call call, Value item, Value? path)
    {
        if (path is null or None)
        {
            return item;
        }

        call.Budget.Key(path);
        foreach (var part in call.Run.ToText(path).Plain.Split('.'))
        {
            item = Members.Indexed(call.Run, item, long.TryParse(part, out var at) ? new Whole(at) : Text.Trusted(part));
        }

        return item;
    }

    private static List<Value> Items(Call call) => Iteration.Of(call.Self, call.Budget);

    private static Text Join(Call call)
    {
        var separator = call.Has(0) ? call.Run.ToText(call.Value(0)) : Text.Empty;
        var into = call.NewText();
        var items = Items(call);
        for (var at = 0; at < items.Count; at++)
        {
            into.Append(at == 0 ? Text.Empty : separator).Append(call.Run.ToText(Attribute(call, items[at], call.Bound[1])));
        }

        return into.ToText();
    }

    private static Value Reverse(Call call)
    {
        var items = Items(call);
        items.Reverse();
        if (call.Self is not Text)
        {
            return new Sequence(items);
        }

        var into = call.NewText();
        items.ForEach(item => into.Append((Text)item));
        return into.ToText();
    }

    private static Sequence Sort(Call call)
    {
        // Stable, as Python's.
        var items = Items(call).Select(item => (Key: Attribute(call, item, call.Bound[2]), Item: item));
        var order = Comparer<Value>.Create((left, right) => Truth.Compare(left, right, call.Budget, ignoresCase: !call.Flag(1)));
        return new Sequence([.. (call.Flag(0) ? items.OrderByDescending(item => item.Key, order) : items.OrderBy(item => item.Key, order)).Select(item => item.Item)]);
    }

    private static Sequence Unique(Call call)
    {
        var seen = new HashSet<Value>(KeyComparer.Instance);
        return new Sequence(Items(call).FindAll(item =>
        {
            var key = Attribute(call, item, call.Bound[1]);
            call.Budget.Key(key);
            return seen.Add(key is Text text && !call.Flag(0) ? Text.Trusted(text.Plain.ToUpperInvariant()) : key);
        }));
    }

    private static Value Extreme(Call call, int sign)
    {
        Value? best = null;
        foreach (var item in Items(call))
        {
            best = best is null || Truth.Compare(Attribute(call, item, call.Bound[1]), Attribute(call, best, call.Bound[1]), call.Budget, !call.Flag(0)) * sign > 0
                ? item
                : best;
        }

        return best ?? new Undefined();
    }

    private static Value Sum(Call call) => Items(call).Aggregate(
        call.Bound[1] ?? new Whole(0),
        (sum, item) => Arithmetic.Of(call.Run, "+", sum, Attribute(call, item, call.Bound[0])));

    private static Sequence SortPairs(Call call)
    {
        var at = call.Has(1) && call.Text(1).Plain == "value" ? 1 : 0;
        var order = Comparer<Value>.Create((left, right) => Truth.Compare(left, right, call.Budget, ignoresCase: !call.Flag(0)));
        var pairs = Pairs(call).Items;
        Value Key(Value pair) => ((Sequence)pair).Items[at];
        return new Sequence([.. call.Flag(2) ? pairs.OrderByDescending(Key, order) : pairs.OrderBy(Key, order)]);
    }

    private static Sequence Batch(Call call)
    {
        var size = (int)Math.Clamp(call.Whole(0), 1, int.MaxValue);
        var batches = new List<Value>();
        foreach (var batch in Items(call).Chunk(size))
        {
            var items = batch.ToList();
            if (call.Has(1))
            {
                call.Budget.Elements(size);
                items.AddRange(Enumerable.Repeat(call.Value(1), size - items.Count));
            }

            batches.Add(new Sequence(items));
        }

        return new Sequence(batches);
    }
}
