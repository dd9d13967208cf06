using System.Globalization;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>Filters that turn one value into another.</summary>
internal static class ValueFilters
{
    public static IReadOnlyList<KeyValuePair<string, Function>> All { get; } =
    [
        Function.Of("default", "default_value boolean", Default),
        Function.Of("d", "default_value boolean", Default),
        Function.Of("string", "", call => call.SelfText),
        Function.Of("safe", "", call => call.SelfText),
        Function.Of("int", "default base", Integer),
        Function.Of("float", "default", Float),
        Function.Of("abs", "", Absolute),
        Function.Of("round", "precision method", Round),
        Function.Of("tojson", "indent separators sort_keys ensure_ascii", Json),
        Function.Of("attr", "name", call => Members.Dotted(call.Run, call.Self, call.Text(0).Plain)),
    ];

    private static Value Default(Call call)
    {
        var otherwise = call.Bound[0] ?? Text.Empty;
        return call.Self is Undefined || (call.Flag(1) && !Truth.Of(call.Self)) ? otherwise : call.Self;
    }

    private static Value Integer(Call call)
    {
        call.Budget.Key(call.Self);
        if (Numbers.Find(call.Self) is { } number)
        {
            return number.Exact is { } exact ? new Whole(exact) : new Whole(checked((long)number.AsDouble));
        }

        var text = (call.Self as Text)?.Plain.Trim().Replace("_", "", StringComparison.Ordinal);
        if (call.Whole(1, 10) is 16)
        {
            return long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? new Whole(hex) : call.Bound[0] ?? new Whole(0);
        }

        if (call.Whole(1, 10) is not 10)
        {
            throw new JinjaException("'int' understands the bases 10 and 16 only");
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? new Whole(whole)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && Math.Abs(real) < long.MaxValue
                ? new Whole((long)real)
                : call.Bound[0] ?? new Whole(0);
    }

    private static Value Float(Call call)
    {
        call.Budget.Key(call.Self);
        return Numbers.Find(call.Self) is { } number ? new Real(number.AsDouble)
            : call.Self is Text text && double.TryParse(text.Plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? new Real(real)
            : call.Bound[0] ?? new Real(0);
    }

    private static Value Absolute(Call call)
    {
        var number = Numbers.Find(call.Self) ?? throw new JinjaException($"'abs' is given a value of the kind {call.Self.Kind}");
        return number.Exact is { } exact ? new Whole(checked(exact < 0 ? -exact : exact)) : new Real(Math.Abs(number.AsDouble));
    }

    private static Real Round(Call call)
    {
        var number = Numbers.Find(call.Self) ?? throw new JinjaException($"'round' is given a value of the kind {call.Self.Kind}");
        var scale = Math.Pow(10, Math.Clamp(call.Whole(0, 0), -15, 15));
        var scaled = number.AsDouble * scale;
        return new Real((call.Has(1) ? call.Text(1).Plain : "common") switch
        {
            "ceil" => Math.Ceiling(scaled),
            "floor" => Math.Floor(scaled),
            _ => Math.Round(scaled, MidpointRounding.ToEven),
        } / scale);
    }

    private static Text Json(Call call)
    {
        int? indent = call.Has(0) ? (int)Math.Clamp(call.Whole(0), 0, int.MaxValue) : null;
        var separators = call.Has(1) && call.Value(1) is Sequence { Items: [Text item, Text key] } ? (item.Plain, key.Plain) : (indent is null ? ", " : ",", ": ");
        return new JsonText(call.Budget)
        {
            Indent = indent,
            ItemSeparator = separators.Item1,
            KeySeparator = separators.Item2,
            SortsKeys = call.Flag(2),
            OnlyAscii = call.Flag(3),
        }.Of(call.Self);
    }
}
