using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>What hangs on a value: methods, fields, elements, slices.</summary>
internal static class Members
{
    /// <summary><c>target.name</c>: a method first, then an element.</summary>
    public static Value Dotted(Interpreter run, Value target, string name) => target switch
    {
        Undefined undefined => throw Interpreter.Missing(undefined),
        Loop loop => OfLoop(run, loop, name) ?? new Undefined(name),
        Fields fields => fields.Items.GetValueOrDefault(name) ?? new Undefined(name),
        _ => Method(target, name) ?? (target as Mapping)?.Find(name) ?? new Undefined(name),
    };

    /// <summary><c>target[index]</c>: an element first, then a method.</summary>
    public static Value Indexed(Interpreter run, Value target, Value index)
    {
        run.Budget.Key(index);
        switch (target, index)
        {
            case (Undefined undefined, _):
                throw Interpreter.Missing(undefined);
            case (Mapping mapping, not (Sequence { IsTuple: false } or Mapping or Undefined)):
                return mapping.Items.GetValueOrDefault(index) ?? Named(target, index);
            case (Fields fields, Text name):
                return fields.Items.GetValueOrDefault(name.Plain) ?? Named(target, index);
            case (Loop loop, Text name):
                return OfLoop(run, loop, name.Plain) ?? Named(target, index);
            case (Sequence sequence, Whole at):
                var place = at.Number < 0 ? at.Number + sequence.Items.Count : at.Number;
                return place >= 0 && place < sequence.Items.Count ? sequence.Items[(int)place] : new Undefined();
            case (Text text, Whole at):
                var count = Iteration.Count(text, run.Budget);
                var from = at.Number < 0 ? at.Number + count : at.Number;
                return from >= 0 && from < count ? Sliced(run, text, from, from + 1, 1) : new Undefined();
            default:
                return Named(target, index);
        }
    }

    /// <summary><c>target[start:stop:step]</c> of a text, list or tuple.</summary>
    public static Value Sliced(Interpreter run, Value target, long? start, long? stop, long? step)
    {
        if (target is Undefined undefined)
        {
            throw Interpreter.Missing(undefined);
        }

        if (target is not (Text or Sequence))
        {
            throw new JinjaException($"a value of the kind {target.Kind} has no slices");
        }

        var by = step ?? 1;
        if (by == 0)
        {
            throw new JinjaException("a slice has the step 0");
        }

        var count = Iteration.Count(target, run.Budget);
        var first = Clamp(start ?? (by > 0 ? 0 : count - 1), count, by, isGiven: start is not null);
        var last = stop is null ? (by > 0 ? count : -1) : Clamp(stop.Value, count, by, isGiven: true);
        return target is Text text ? Sliced(run, text, first, last, by) : Sliced(run, (Sequence)target, first, last, by);
    }

    private static long Clamp(long bound, int count, long by, bool isGiven)
    {
        var at = bound < 0 && isGiven ? Math.Max(bound, -count - 1L) + count : bound;
        return by > 0 ? Math.Clamp(at, 0, count) : Math.Clamp(at, -1, count - 1);
    }

    private static Text Sliced(Interpreter run, Text text, long first, long last, long by)
    {
        var points = text.Points();
        var into = new TextBuilder(run.Budget);
        if (by == 1)
        {
            var from = points?[first] ?? (int)first;
            return into.Append(text, from, Math.Max(0, (points?[last] ?? (int)last) - from)).ToText();
        }

        foreach (var at in Places(first, last, by))
        {
            var from = points?[at] ?? at;
            into.Append(text, from, (points?[at + 1] ?? (at + 1)) - from);
        }

        return into.ToText();
    }

    private static Sequence Sliced(Interpreter run, Sequence sequence, long first, long last, long by)
    {
        run.Budget.Elements(sequence.Items.Count);
        return new Sequence([.. Places(first, last, by).Select(at => sequence.Items[at])], sequence.IsTuple);
    }

    private static IEnumerable<int> Places(long first, long last, long by)
    {
        // Bounds lie within the value, so a giant step goes past them at once and cannot overflow twice.
        for (var at = first; by > 0 ? at < last : at > last; at = by > 0 ? (by > last - at ? last : at + by) : (by < last - at ? last : at + by))
        {
            yield return (int)at;
        }
    }

    private static Value Named(Value target, Value index) => index is Text name
        && Method(target, name.Plain) is { } method
        ? method
        : new Undefined();

    private static Callable? Method(Value target, string name)
    {
        var function = target switch
        {
            Text => TextMethods.Find(name),
            Sequence => SequenceMethods.Find(name),
            Mapping => MappingMethods.Find(name),
            _ => null,
        };
        return function is null ? null : new Callable(name, (run, arguments) => function.Invoke(run, target, arguments));
    }

    private static Value? OfLoop(Interpreter run, Loop loop, string name) => name switch
    {
        "index" => new Whole(loop.Index + 1),
        "index0" => new Whole(loop.Index),
        "revindex" => new Whole(loop.Items.Count - loop.Index),
        "revindex0" => new Whole(loop.Items.Count - loop.Index - 1),
        "first" => Flag.Of(loop.Index == 0),
        "last" => Flag.Of(loop.Index == loop.Items.Count - 1),
        "length" => new Whole(loop.Items.Count),
        "depth" => new Whole(1),
        "depth0" => new Whole(0),
        "previtem" => loop.Index > 0 ? loop.Items[loop.Index - 1] : new Undefined(name),
        "nextitem" => loop.Index + 1 < loop.Items.Count ? loop.Items[loop.Index + 1] : new Undefined(name),
        "cycle" => new Callable(name, (_, given) => given.Positional.Count > 0
            ? given.Positional[loop.Index % given.Positional.Count]
            : throw new JinjaException("'cycle' is given nothing")),
        "changed" => new Callable(name, (_, given) => Changed(run, loop, new Sequence([.. given.Positional], isTuple: true))),
        _ => null,
    };

    private static Flag Changed(Interpreter run, Loop loop, Sequence now)
    {
        var changed = loop.Last is null || !Truth.Same(loop.Last, now, run.Budget);
        loop.Last = now;
        return Flag.Of(changed);
    }
}
