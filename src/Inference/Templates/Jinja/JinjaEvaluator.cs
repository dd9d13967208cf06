namespace Tessera.Inference.Templates.Jinja;

/// <summary>Values of expressions. For one rendering.</summary>
internal sealed class JinjaEvaluator(JinjaLimits limits)
{
    public object? Value(JinjaNode node, JinjaScope scope)
    {
        limits.Step();
        return node switch
        {
            JinjaNode.Constant constant => constant.Value,
            JinjaNode.Variable variable => scope[variable.Name],
            JinjaNode.ListOf list => list.Items.Select(item => Value(item, scope)).ToList(),
            JinjaNode.MapOf map => Map(map, scope),
            JinjaNode.Member member => Member(Value(member.Of, scope), Value(member.Key, scope), member.Line),
            JinjaNode.Slice slice => Slice(slice, scope),
            JinjaNode.Call call => Call(call, scope),
            JinjaNode.Filter filter => Filter(filter.Name, Value(filter.Of, scope), Arguments(filter.List, filter.Named, scope), filter.Line),
            JinjaNode.Test test => JinjaChecks.Test(test.Name, Value(test.Of, scope), [.. test.List.Select(item => Value(item, scope))], test.Line) != test.IsNegated,
            JinjaNode.Not not => !JinjaValues.IsTrue(Value(not.Of, scope)),
            JinjaNode.Negative negative => Value(negative.Of, scope) switch { long whole => (object)-whole, double real => -real, _ => throw Bad(negative.Line, "'-' stands before what is no number") },
            JinjaNode.Binary binary => Binary(binary, scope),
            JinjaNode.Choice choice => JinjaValues.IsTrue(Value(choice.When, scope)) ? Value(choice.Then, scope) : choice.Else is null ? JinjaValues.Undefined : Value(choice.Else, scope),
            _ => throw new InvalidOperationException($"{node.GetType().Name} has no value."),
        };
    }

    public object? Filter(string name, object? value, JinjaArguments arguments, int line)
    {
        limits.Make(value is JinjaText text ? text.Length : 1);
        return JinjaFilters.Apply(name, value, arguments, line);
    }

    /// <summary>What a loop runs over.</summary>
    public static List<object?> Items(object? value, int line) => value switch
    {
        List<object?> list => list,
        JinjaMap map => [.. map.Items.Select(item => (object?)item.Key)],
        JinjaText text => [.. Enumerable.Range(0, text.Length).Select(i => (object?)text.Slice(i, 1))],
        null => [],
        _ when value == JinjaValues.Undefined => [],
        _ => throw Bad(line, "a loop runs over what is no list"),
    };

    public static ModelException Bad(int line, string problem) => new(ModelFault.BadTemplate, $"The model's chat template is not understood at line {line}: {problem}.");

    private JinjaMap Map(JinjaNode.MapOf node, JinjaScope scope)
    {
        var map = new JinjaMap();
        foreach (var (key, value) in node.Items)
        {
            map.Set(JinjaValues.Text(Value(key, scope)), Value(value, scope));
        }

        return map;
    }

    private static object? Member(object? of, object? key, int line) => (of, key) switch
    {
        (JinjaMap map, JinjaText name) => map.Has(name.Value) ? map[name.Value] : JinjaMethods.Find(map, name.Value) ?? JinjaValues.Undefined,
        (List<object?> list, long at) => At(list.Count, at) is var place and >= 0 ? list[place] : JinjaValues.Undefined,
        (JinjaText text, long at) => At(text.Length, at) is var place and >= 0 ? text.Slice(place, 1) : JinjaValues.Undefined,
        (not null, JinjaText name) => JinjaMethods.Find(of, name.Value) ?? JinjaValues.Undefined,
        (null, JinjaText name) => throw Bad(line, $"'{name.Value}' is asked of nothing"),
        _ => JinjaValues.Undefined,
    };

    private static int At(int count, long at) => at < 0 ? (int)Math.Max(-1, at + count) : at < count ? (int)at : -1;

    private object? Slice(JinjaNode.Slice node, JinjaScope scope)
    {
        var of = Value(node.Of, scope);
        var count = of switch { List<object?> list => list.Count, JinjaText text => text.Length, _ => throw Bad(node.Line, "a part is taken of what has none") };
        var step = node.Step is null ? 1 : Value(node.Step, scope) as long? ?? 1;
        if (step == -1 && node.From is null && node.To is null)
        {
            return of is List<object?> all ? Enumerable.Reverse(all).ToList() : JinjaText.Concat(Enumerable.Range(0, count).Reverse().Select(i => ((JinjaText)of).Slice(i, 1)));
        }

        if (step < 1)
        {
            throw Bad(node.Line, "a part with this step is not taken");
        }

        var from = Bound(node.From, 0);
        var to = Math.Max(from, Bound(node.To, count));
        return of is List<object?> items
            ? items.Skip(from).Take(to - from).Where((_, i) => i % step == 0).ToList()
            : step == 1 ? ((JinjaText)of!).Slice(from, to - from)
            : JinjaText.Concat(Enumerable.Range(from, to - from).Where(i => (i - from) % step == 0).Select(i => ((JinjaText)of!).Slice(i, 1)));

        int Bound(JinjaNode? bound, int otherwise) => bound is null || Value(bound, scope) is not long at
            ? otherwise
            : (int)Math.Clamp(at < 0 ? at + count : at, 0, count);
    }

    private object? Call(JinjaNode.Call call, JinjaScope scope)
    {
        var function = Value(call.Of, scope) as JinjaFunction ?? throw Bad(call.Line, $"{Name(call.Of)} is called and is no function");
        return function(Arguments(call.List, call.Named, scope));
    }

    private static string Name(JinjaNode node) => node switch
    {
        JinjaNode.Variable variable => $"'{variable.Name}'",
        JinjaNode.Member { Key: JinjaNode.Constant { Value: JinjaText key } } => $"'{key.Value}'",
        _ => "something",
    };

    private JinjaArguments Arguments(IReadOnlyList<JinjaNode> list, IReadOnlyList<(string Name, JinjaNode Value)> named, JinjaScope scope) => new(
        [.. list.Select(item => Value(item, scope))], named.ToDictionary(item => item.Name, item => Value(item.Value, scope), StringComparer.Ordinal));

    private object? Binary(JinjaNode.Binary node, JinjaScope scope)
    {
        var left = Value(node.Left, scope);
        if (node.Sign is "and" or "or")
        {
            return JinjaValues.IsTrue(left) == (node.Sign == "and") ? Value(node.Right, scope) : left;
        }

        var right = Value(node.Right, scope);
        return node.Sign switch
        {
            "==" => JinjaValues.AreEqual(left, right),
            "!=" => !JinjaValues.AreEqual(left, right),
            "in" => JinjaChecks.IsIn(left, right),
            "~" => Join(JinjaValues.Text(left), JinjaValues.Text(right)),
            "<" or ">" or "<=" or ">=" => JinjaChecks.Compare(node.Sign, left, right, node.Line),
            "+" when left is JinjaText a && right is JinjaText b => Join(a, b),
            "+" when left is List<object?> a && right is List<object?> b => a.Concat(b).ToList(),
            "*" when left is JinjaText a && right is long times => Repeat(a, times),
            "%" when left is JinjaText => throw Bad(node.Line, "text is formatted with '%', which is not known here"),
            _ => JinjaChecks.Calculate(node.Sign, left, right, node.Line),
        };
    }

    private JinjaText Join(JinjaText left, JinjaText right)
    {
        limits.Make(left.Length + right.Length);
        return left + right;
    }

    private JinjaText Repeat(JinjaText text, long times)
    {
        limits.Make(Math.Max(0, times) * Math.Max(1, text.Length));
        return JinjaText.Concat(Enumerable.Repeat(text, (int)Math.Max(0, times)));
    }
}
