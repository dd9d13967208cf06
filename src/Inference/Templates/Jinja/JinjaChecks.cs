namespace Tessera.Inference.Templates.Jinja;

/// <summary>Tests (<c>is …</c>), comparisons and sums.</summary>
internal static class JinjaChecks
{
    public static bool Test(string name, object? value, IReadOnlyList<object?> arguments, int line) => name switch
    {
        "defined" => value != JinjaValues.Undefined,
        "undefined" => value == JinjaValues.Undefined,
        "none" => value is null,
        "string" => value is JinjaText,
        "number" => value is long or double,
        "integer" => value is long,
        "float" => value is double,
        "boolean" => value is bool,
        "true" => value is true,
        "false" => value is false,
        "mapping" => value is JinjaMap,
        "sequence" => value is List<object?> or JinjaText or JinjaMap,
        "iterable" => value is List<object?> or JinjaText or JinjaMap,
        "callable" => value is JinjaFunction,
        "odd" => value is long odd && odd % 2 != 0,
        "even" => value is long even && even % 2 == 0,
        "lower" => value is JinjaText low && !low.Value.Any(char.IsUpper),
        "upper" => value is JinjaText up && !up.Value.Any(char.IsLower),
        "in" when arguments.Count == 1 => IsIn(value, arguments[0]),
        "equalto" or "eq" or "sameas" when arguments.Count == 1 => JinjaValues.AreEqual(value, arguments[0]),
        "ne" when arguments.Count == 1 => !JinjaValues.AreEqual(value, arguments[0]),
        "gt" or "lt" or "ge" or "le" when arguments.Count == 1 => Compare(name switch { "gt" => ">", "lt" => "<", "ge" => ">=", _ => "<=" }, value, arguments[0], line),
        "divisibleby" when arguments is [long by] && by != 0 => value is long number && number % by == 0,
        "startingwith" when arguments.Count == 1 => value is JinjaText text && text.Value.StartsWith(JinjaValues.Text(arguments[0]).Value, StringComparison.Ordinal),
        _ => throw JinjaEvaluator.Bad(line, $"the test '{name}' is not known"),
    };

    public static bool IsIn(object? value, object? within) => within switch
    {
        List<object?> list => list.Exists(item => JinjaValues.AreEqual(item, value)),
        JinjaMap map => value is JinjaText key && map.Has(key.Value),
        JinjaText text => value is JinjaText part && text.Value.Contains(part.Value, StringComparison.Ordinal),
        _ => false,
    };

    public static bool Compare(string sign, object? left, object? right, int line)
    {
        var order = (left, right) switch
        {
            (JinjaText a, JinjaText b) => string.CompareOrdinal(a.Value, b.Value),
            (long or double or bool, long or double or bool) => JinjaValues.Number(left).CompareTo(JinjaValues.Number(right)),
            _ => throw JinjaEvaluator.Bad(line, $"'{sign}' compares what has no order"),
        };
        return sign switch { "<" => order < 0, ">" => order > 0, "<=" => order <= 0, _ => order >= 0 };
    }

    public static object Calculate(string sign, object? left, object? right, int line)
    {
        if (left is not (long or double or bool) || right is not (long or double or bool))
        {
            throw JinjaEvaluator.Bad(line, $"'{sign}' stands between what is no number");
        }

        var (a, b) = (JinjaValues.Number(left), JinjaValues.Number(right));
        if (b == 0 && sign is "/" or "//" or "%")
        {
            throw JinjaEvaluator.Bad(line, "something is divided by zero");
        }

        var result = sign switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "//" => Math.Floor(a / b),
            "%" => a - (b * Math.Floor(a / b)),
            "**" => Math.Pow(a, b),
            _ => throw JinjaEvaluator.Bad(line, $"'{sign}' is not known"),
        };
        return sign != "/" && left is not double && right is not double && Math.Abs(result) < 9e15 ? (object)(long)result : result;
    }
}
