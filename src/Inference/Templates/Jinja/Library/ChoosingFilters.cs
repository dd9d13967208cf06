using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>Filters that go through a list and ask something of each element.</summary>
internal static class ChoosingFilters
{
    public static IReadOnlyList<KeyValuePair<string, Function>> All { get; } =
    [
        Function.Open("map", Map),
        Function.Open("select", call => Choose(call, byAttribute: false, keeps: true)),
        Function.Open("reject", call => Choose(call, byAttribute: false, keeps: false)),
        Function.Open("selectattr", call => Choose(call, byAttribute: true, keeps: true)),
        Function.Open("rejectattr", call => Choose(call, byAttribute: true, keeps: false)),
        Function.Of("groupby", "attribute", Group),
    ];

    private static Sequence Map(Call call)
    {
        var items = Items(call);
        if (call.Given.Named.TryGetValue("attribute", out var path))
        {
            var otherwise = call.Given.Named.GetValueOrDefault("default");
            return new Sequence(items.ConvertAll(item => ListFilters.Attribute(call, item, path) is var found and not Undefined ? found : otherwise ?? new Undefined()));
        }

        var filter = Filters.Named(First(call), Filters.Find, call.Budget);
        return new Sequence(items.ConvertAll(item => filter.Invoke(call.Run, item, call.Given.After(1))));
    }

    private static Sequence Choose(Call call, bool byAttribute, bool keeps)
    {
        var path = byAttribute ? First(call) : null;
        var rest = call.Given.After(byAttribute ? 1 : 0);
        var test = rest.Positional.Count > 0 ? Filters.Named(rest.Positional[0], Tests.Find, call.Budget) : null;
        var operands = rest.After(1);
        return new Sequence(Items(call).FindAll(item =>
        {
            call.Budget.Characters(1);
            var value = ListFilters.Attribute(call, item, path);
            return Truth.Of(test is null ? value : test.Invoke(call.Run, value, operands)) == keeps;
        }));
    }

    private static Sequence Group(Call call)
    {
        var groups = new OrderedDictionary<Value, Value>(KeyComparer.Instance);
        foreach (var item in Iteration.Of(call.Self, call.Budget))
        {
            var key = ListFilters.Attribute(call, item, call.Value(0));
            call.Budget.Key(key);
            var group = groups.GetValueOrDefault(key) as Sequence ?? new Sequence([]);
            group.Items.Add(item);
            groups[key] = group;
        }

        var order = Comparer<Value>.Create((left, right) => Truth.Compare(left, right, call.Budget, ignoresCase: true));
        return call.NewList([.. groups.OrderBy(group => group.Key, order).Select(group => new Sequence([group.Key, group.Value], isTuple: true))]);
    }

    /// <summary>Nothing has no elements here, in Jinja too: <c>tools | selectattr(…)</c> is asked without tools.</summary>
    private static List<Value> Items(Call call) => Truth.Of(call.Self) ? Iteration.Of(call.Self, call.Budget) : [];

    private static Value First(Call call) => call.Given.Positional is [var first, ..] ? first : throw new JinjaException($"'{call.Name}' lacks an argument");
}
