using System.Collections.Frozen;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary><c>list.name(…)</c></summary>
internal static class SequenceMethods
{
    private static readonly FrozenDictionary<string, Function> All = new[]
    {
        Function.Of("append", "object", call => Changed(call, items => items.Add(call.Value(0)))),
        Function.Of("extend", "iterable", call => Changed(call, items => items.AddRange(Iteration.Of(call.Value(0), call.Budget)))),
        Function.Of("insert", "index object", call => Changed(call, items => items.Insert(Place(call.Whole(0), items.Count), call.Value(1)))),
        Function.Of("reverse", "", call => Changed(call, items => items.Reverse())),
        Function.Of("pop", "index", Pop),
        Function.Of("index", "value", Index),
        Function.Of("count", "value", call => new Whole(Items(call).Count(item => Truth.Same(item, call.Value(0), call.Budget)))),
        Function.Of("copy", "", call => call.NewList([.. Items(call)])),
    }.ToFrozenDictionary();

    public static Function? Find(string name) => All.GetValueOrDefault(name);

    private static List<Value> Items(Call call) => ((Sequence)call.Self).Items;

    private static None Changed(Call call, Action<List<Value>> change)
    {
        if (((Sequence)call.Self).IsTuple)
        {
            throw new JinjaException($"a tuple has no '{call.Name}'");
        }

        call.Budget.Elements(1 + (call.Name is "insert" or "reverse" ? Items(call).Count : 0));
        change(Items(call));
        return None.Value;
    }

    private static int Place(long index, int count) => (int)Math.Clamp(index < 0 ? index + count : index, 0, count);

    private static Value Pop(Call call)
    {
        var items = Items(call);
        var at = call.Whole(0, -1);
        at = at < 0 ? at + items.Count : at;
        if (at < 0 || at >= items.Count || ((Sequence)call.Self).IsTuple)
        {
            throw new JinjaException("'pop' finds nothing to take");
        }

        call.Budget.Elements(items.Count - at);
        var value = items[(int)at];
        items.RemoveAt((int)at);
        return value;
    }

    private static Whole Index(Call call)
    {
        var at = Items(call).FindIndex(item => Truth.Same(item, call.Value(0), call.Budget));
        return at >= 0 ? new Whole(at) : throw new JinjaException("'index' does not find the value");
    }
}
