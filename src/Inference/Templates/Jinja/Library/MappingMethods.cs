using System.Collections.Frozen;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary><c>dictionary.name(…)</c></summary>
internal static class MappingMethods
{
    private static readonly FrozenDictionary<string, Function> All = new[]
    {
        Function.Of("get", "key default", call => Items(call).GetValueOrDefault(Key(call)) ?? call.Bound[1] ?? None.Value),
        Function.Of("items", "", ListFilters.Pairs),
        Function.Of("keys", "", call => call.NewList([.. Items(call).Keys])),
        Function.Of("values", "", call => call.NewList([.. Items(call).Values])),
        Function.Of("copy", "", call => Copy(call)),
        Function.Of("pop", "key default", Pop),
        Function.Of("update", "other", Update),
        Function.Of("setdefault", "key default", SetDefault),
    }.ToFrozenDictionary();

    public static Function? Find(string name) => All.GetValueOrDefault(name);

    private static OrderedDictionary<Value, Value> Items(Call call) => ((Mapping)call.Self).Items;

    private static Value Key(Call call)
    {
        call.Budget.Key(call.Value(0));
        return call.Value(0);
    }

    private static Mapping Copy(Call call)
    {
        call.Budget.Elements(Items(call).Count);
        var copy = new Mapping();
        foreach (var (key, value) in Items(call))
        {
            call.Budget.Key(key);
            copy.Items[key] = value;
        }

        return copy;
    }

    private static Value Pop(Call call)
    {
        var items = Items(call);
        call.Budget.Elements(items.Count);
        return items.Remove(Key(call), out var value) ? value : call.Bound[1] ?? throw new JinjaException("'pop' does not find the key");
    }

    private static None Update(Call call)
    {
        var other = call.Value(0) as Mapping ?? throw new JinjaException($"'update' is given a value of the kind {call.Value(0).Kind}");
        call.Budget.Elements(other.Items.Count);
        foreach (var (key, value) in other.Items.ToList())
        {
            call.Budget.Key(key);
            Items(call)[key] = value;
        }

        return None.Value;
    }

    private static Value SetDefault(Call call)
    {
        if (!Items(call).TryGetValue(Key(call), out var value))
        {
            call.Budget.Elements(1);
            value = call.Bound[1] ?? None.Value;
            Items(call)[call.Value(0)] = value;
        }

        return value;
    }
}
