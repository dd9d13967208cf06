using System.Globalization;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>Text with holes: <c>'%s' % value</c> and <c>'{}'.format(value)</c>, without widths and precisions.</summary>
internal static class Formatting
{
    public static Text Percent(Interpreter run, Text pattern, IReadOnlyList<Value> values)
    {
        var into = new TextBuilder(run.Budget);
        var used = 0;
        var done = 0;
        for (var at = pattern.Plain.IndexOf('%', StringComparison.Ordinal); at >= 0; at = done >= pattern.Plain.Length ? -1 : pattern.Plain.IndexOf('%', done))
        {
            into.Append(pattern, done, at - done);
            var kind = at + 1 < pattern.Plain.Length ? pattern.Plain[at + 1] : ' ';
            if (kind == '%')
            {
                into.Append(pattern, at, 1);
            }
            else
            {
                into.Append(Filled(run, kind, used < values.Count ? values[used] : throw new JinjaException("a format has more holes than values")));
                used++;
            }

            done = at + 2;
        }

        return used == values.Count
            ? into.Append(pattern, done, pattern.Plain.Length - done).ToText()
            : throw new JinjaException("a format has fewer holes than values");
    }

    public static Text Braces(Call call)
    {
        var pattern = call.SelfText;
        var into = call.NewText();
        var next = 0;
        for (var at = 0; at < pattern.Plain.Length;)
        {
            var brace = pattern.Plain.AsSpan(at).IndexOfAny('{', '}');
            if (brace < 0)
            {
                into.Append(pattern, at, pattern.Plain.Length - at);
                break;
            }

            into.Append(pattern, at, brace);
            at += brace;
            if (at + 1 < pattern.Plain.Length && pattern.Plain[at + 1] == pattern.Plain[at])
            {
                into.Append(pattern, at, 1);
                at += 2;
                continue;
            }

            var close = pattern.Plain[at] == '{' ? pattern.Plain.IndexOf('}', at) : -1;
            if (close < 0)
            {
                throw new JinjaException("a format has an open brace");
            }

            into.Append(call.Run.ToText(Hole(call, pattern.Plain[(at + 1)..close], ref next)));
            at = close + 1;
        }

        return into.ToText();
    }

    private static Value Hole(Call call, string name, ref int next)
    {
        if (name.Length == 0 || int.TryParse(name, CultureInfo.InvariantCulture, out _))
        {
            var at = name.Length == 0 ? next++ : int.Parse(name, CultureInfo.InvariantCulture);
            return at >= 0 && at < call.Given.Positional.Count
                ? call.Given.Positional[at]
                : throw new JinjaException("a format has more holes than values");
        }

        return call.Given.Named.GetValueOrDefault(name) ?? throw new JinjaException("a hole of a format is not understood");
    }

    private static Text Filled(Interpreter run, char kind, Value value) => kind switch
    {
        's' => run.ToText(value),
        'd' or 'i' when Numbers.Find(value) is { } number =>
            Text.Trusted((number.Exact ?? checked((long)number.AsDouble)).ToString(CultureInfo.InvariantCulture)),
        _ => throw new JinjaException("a hole of a format is not understood"),
    };
}
