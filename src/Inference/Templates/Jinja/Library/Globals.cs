using System.Collections.Frozen;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>Functions that every template may call.</summary>
internal static class Globals
{
    private static readonly FrozenDictionary<string, Value> All = new[]
    {
        Function.Of("range", "start stop step", Range),
        Function.Open("namespace", Namespace),
        Function.Open("dict", Dictionary),
        Function.Of("raise_exception", "message", call => throw new RefusedException(call.Run.ToText(call.Value(0)).TrustedOnly())),
        Function.Of("strftime_now", "format", call => Strftime.Write(call.Text(0), call.Run.Time.GetLocalNow(), call.Budget)),
    }.ToFrozenDictionary(
        pair => pair.Key,
        Value (pair) => new Callable(pair.Key, (run, arguments) => pair.Value.Invoke(run, None.Value, arguments)));

    public static Value? Find(string name) => All.GetValueOrDefault(name);

    private static Sequence Range(Call call)
    {
        var first = call.Has(1) ? call.Whole(0) : 0;
        var last = call.Has(1) ? call.Whole(1) : call.Whole(0);
        var step = call.Whole(2, 1);
        if (step == 0)
        {
            throw new JinjaException("'range' has the step 0");
        }

        var count = Math.Max(0, Math.Ceiling(((double)last - first) / step));
        call.Budget.Elements((long)Math.Min(count, int.MaxValue));
        var items = new List<Value>((int)count);
        for (var at = 0; at < (int)count; at++)
        {
            items.Add(new Whole(first + (at * step)));
        }

        return new Sequence(items);
    }

    private static Fields Namespace(Call call)
    {
        var fields = new Fields();
        foreach (var argument in call.Given.Positional)
        {
            foreach (var (key, value) in Entries(argument))
            {
                call.Budget.Key(key);
                fields.Items[call.Run.ToText(key).Plain] = value;
            }
        }

        foreach (var (name, value) in call.Given.Named)
        {
            fields.Items[name] = value;
        }

        call.Budget.Elements(fields.Items.Count);
        return fields;
    }

    private static Mapping Dictionary(Call call)
    {
        var mapping = new Mapping();
        foreach (var argument in call.Given.Positional)
        {
            foreach (var (key, value) in Entries(argument))
            {
                call.Budget.Key(key);
                mapping.Items[key] = value;
            }
        }

        foreach (var (name, value) in call.Given.Named)
        {
            mapping.Set(name, value);
        }

        call.Budget.Elements(mapping.Items.Count);
        return mapping;
    }

    private static IEnumerable<KeyValuePair<Value, Value>> Entries(Value value) => value switch
    {
        Mapping mapping => mapping.Items,
        Sequence sequence => sequence.Items.Select(item => item is Sequence { Items: [var key, var entry] }
            ? KeyValuePair.Create(key, entry)
            : throw new JinjaException("a dictionary is made from what are no pairs")),
        _ => throw new JinjaException($"a dictionary is made from a value of the kind {value.Kind}"),
    };
}
