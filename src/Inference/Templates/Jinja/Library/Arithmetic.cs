using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Library;

/// <summary>The operators of arithmetic, on numbers, texts and lists as in Python.</summary>
internal static class Arithmetic
{
    public static Value Of(Interpreter run, string sign, Value left, Value right)
    {
        if (left is Undefined || right is Undefined)
        {
            throw Interpreter.Missing((left as Undefined) ?? (Undefined)right);
        }

        return (sign, left, right) switch
        {
            ("+", Text a, Text b) => new TextBuilder(run.Budget).Append(a).Append(b).ToText(),
            ("+", Sequence a, Sequence b) when a.IsTuple == b.IsTuple => Concatenated(run, a, b),
            ("*", Text a, Whole b) => Repeated(run, a, b.Number),
            ("*", Whole a, Text b) => Repeated(run, b, a.Number),
            ("*", Sequence a, Whole b) => Repeated(run, a, b.Number),
            ("*", Whole a, Sequence b) => Repeated(run, b, a.Number),
            ("%", Text a, _) => Formatting.Percent(run, a, right is Sequence { IsTuple: true } tuple ? tuple.Items : [right]),
            _ => OfNumbers(sign, left, right),
        };
    }

    public static Value Signed(string sign, Value operand)
    {
        var number = Numbers.Find(operand) ?? throw (operand is Undefined undefined
            ? Interpreter.Missing(undefined)
            : new JinjaException($"'{sign}' stands before a value of the kind {operand.Kind}"));
        return number.Exact is { } exact
            ? new Whole(sign == "-" ? checked(-exact) : exact)
            : new Real(sign == "-" ? -number.AsDouble : number.AsDouble);
    }

    private static Value OfNumbers(string sign, Value left, Value right)
    {
        if (Numbers.Find(left) is not { } a || Numbers.Find(right) is not { } b)
        {
            throw new JinjaException($"'{sign}' stands between values of the kinds {left.Kind} and {right.Kind}");
        }

        if (sign is "/" or "//" or "%" && b.AsDouble == 0)
        {
            throw new JinjaException("it divides by zero");
        }

        return sign != "/" && a.Exact is { } x && b.Exact is { } y && (sign != "**" || y >= 0)
            ? new Whole(OfIntegers(sign, x, y))
            : new Real(OfReals(sign, a.AsDouble, b.AsDouble));
    }

    private static long OfIntegers(string sign, long a, long b) => sign switch
    {
        "+" => checked(a + b),
        "-" => checked(a - b),
        "*" => checked(a * b),
        "//" => b == -1 ? checked(-a) : (a / b) - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0),
        "%" => b == -1 ? 0 : ((a % b) + b) % b,
        _ => Power(a, b),
    };

    private static double OfReals(string sign, double a, double b) => sign switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "//" => Math.Floor(a / b),
        "%" => a - (b * Math.Floor(a / b)),
        _ => Math.Pow(a, b),
    };

    private static long Power(long number, long exponent)
    {
        var result = 1L;
        for (; exponent > 0; exponent >>= 1)
        {
            result = (exponent & 1) == 1 ? checked(result * number) : result;
            number = exponent > 1 ? checked(number * number) : number;
        }

        return result;
    }

    private static Sequence Concatenated(Interpreter run, Sequence left, Sequence right)
    {
        run.Budget.Elements(left.Items.Count + right.Items.Count);
        return new Sequence([.. left.Items, .. right.Items], left.IsTuple);
    }

    private static Text Repeated(Interpreter run, Text text, long times)
    {
        run.Budget.Characters(Size(text.Plain.Length, times));
        var into = new TextBuilder(run.Budget);
        for (long done = 0; done < times && text.Plain.Length > 0; done++)
        {
            into.Append(text);
        }

        return into.ToText();
    }

    private static Sequence Repeated(Interpreter run, Sequence sequence, long times)
    {
        run.Budget.Elements(Size(sequence.Items.Count, times));
        var items = new List<Value>();
        for (long done = 0; done < times && sequence.Items.Count > 0; done++)
        {
            items.AddRange(sequence.Items);
        }

        return new Sequence(items, sequence.IsTuple);
    }

    private static long Size(int length, long times) => (long)Math.Min((double)length * Math.Max(0, times), int.MaxValue);
}
