using Tessera.Inference.Templates.Jinja.Library;
using Tessera.Inference.Templates.Jinja.Syntax;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>Works out expressions. One rendering, one thread.</summary>
internal sealed class Interpreter(RenderBudget budget, TimeProvider time)
{
    public RenderBudget Budget { get; } = budget;

    public TimeProvider Time { get; } = time;

    /// <summary>Where in the template it is, from 1.</summary>
    public int Line { get; set; }

    public Text ToText(Value value) => Representation.Of(value, Budget);

    public Value Evaluate(Expression expression, Scope scope)
    {
        Budget.Enter();
        Line = expression.Line;
        var value = expression switch
        {
            Literal literal => literal.Value,
            Variable variable => Find(variable.Name, scope),
            Member member => Members.Dotted(this, Evaluate(member.Target, scope), member.Name),
            Item item => Members.Indexed(this, Evaluate(item.Target, scope), Evaluate(item.Index, scope)),
            Slice slice => EvaluateSlice(slice, scope),
            Invoke invoke => Call(Evaluate(invoke.Target, scope), EvaluateArguments(invoke.Arguments, scope)),
            Filter filter => Apply(filter, Evaluate(filter.Target!, scope), scope),
            Test test => EvaluateTest(test, scope),
            Unary unary => EvaluateUnary(unary, scope),
            Binary binary => EvaluateBinary(binary, scope),
            Comparison comparison => EvaluateComparison(comparison, scope),
            Joined joined => EvaluateJoined(joined, scope),
            Choice choice => EvaluateChoice(choice, scope),
            ListOf list => EvaluateList(list, scope),
            DictionaryOf dictionary => EvaluateDictionary(dictionary, scope),
            _ => throw new JinjaException("an expression is not understood"),
        };
        Budget.Leave();
        return value;
    }

    public Value Apply(Filter filter, Value target, Scope scope)
    {
        var function = Filters.Find(filter.Name) ?? throw new JinjaException($"the filter '{filter.Name}' is not understood");
        return function.Invoke(this, target, EvaluateArguments(filter.Arguments, scope));
    }

    public Value Call(Value target, Arguments arguments)
    {
        switch (target)
        {
            case Callable callable:
                Budget.Enter();
                var value = callable.Body(this, arguments);
                Budget.Leave();
                return value;
            case Undefined undefined:
                throw Missing(undefined);
            default:
                throw new JinjaException($"a value of the kind {target.Kind} cannot be called");
        }
    }

    public Arguments EvaluateArguments(ArgumentList list, Scope scope)
    {
        if (list.Positional.Count == 0 && list.Named.Count == 0)
        {
            return Arguments.None;
        }

        var named = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, value) in list.Named)
        {
            named[name] = Evaluate(value, scope);
        }

        return new Arguments([.. list.Positional.Select(argument => Evaluate(argument, scope))], named);
    }

    public static JinjaException Missing(Undefined undefined) =>
        new(undefined.Name is { } name ? $"'{name}' is not defined" : "a value is used that is not there");

    private static Value Find(string name, Scope scope) => scope.Find(name) ?? Globals.Find(name) ?? new Undefined(name);

    private Value EvaluateSlice(Slice slice, Scope scope)
    {
        var target = Evaluate(slice.Target, scope);
        return Members.Sliced(this, target, Bound(slice.Start), Bound(slice.Stop), Bound(slice.Step));

        long? Bound(Expression? bound) => bound is null ? null : Evaluate(bound, scope) switch
        {
            None => null,
            Whole whole => whole.Number,
            var other => throw new JinjaException($"a slice is given a value of the kind {other.Kind}"),
        };
    }

    private Flag EvaluateTest(Test test, Scope scope)
    {
        var function = Tests.Find(test.Name) ?? throw new JinjaException($"the test '{test.Name}' is not understood");
        var target = Evaluate(test.Target, scope);
        var holds = Truth.Of(function.Invoke(this, target, EvaluateArguments(test.Arguments, scope)));
        return Flag.Of(holds != test.Negated);
    }

    private Value EvaluateUnary(Unary unary, Scope scope)
    {
        var operand = Evaluate(unary.Operand, scope);
        return unary.Operator == "not" ? Flag.Of(!Truth.Of(operand)) : Arithmetic.Signed(unary.Operator, operand);
    }

    private Value EvaluateBinary(Binary binary, Scope scope)
    {
        var left = Evaluate(binary.Left, scope);
        return binary.Operator switch
        {
            "and" => Truth.Of(left) ? Evaluate(binary.Right, scope) : left,
            "or" => Truth.Of(left) ? left : Evaluate(binary.Right, scope),
            _ => Arithmetic.Of(this, binary.Operator, left, Evaluate(binary.Right, scope)),
        };
    }

    private Flag EvaluateComparison(Comparison comparison, Scope scope)
    {
        var left = Evaluate(comparison.First, scope);
        foreach (var (sign, operand) in comparison.Rest)
        {
            var right = Evaluate(operand, scope);
            if (!Holds(sign, left, right))
            {
                return Flag.False;
            }

            left = right;
        }

        return Flag.True;
    }

    private bool Holds(string sign, Value left, Value right) => sign switch
    {
        "==" => Truth.Same(left, right, Budget),
        "!=" => !Truth.Same(left, right, Budget),
        "in" => Truth.Contains(right, left, Budget),
        "not in" => !Truth.Contains(right, left, Budget),
        "<" => Truth.Compare(left, right, Budget) < 0,
        ">" => Truth.Compare(left, right, Budget) > 0,
        "<=" => Truth.Compare(left, right, Budget) <= 0,
        _ => Truth.Compare(left, right, Budget) >= 0,
    };

    private Text EvaluateJoined(Joined joined, Scope scope)
    {
        var text = new TextBuilder(Budget);
        foreach (var term in joined.Terms)
        {
            text.Append(ToText(Evaluate(term, scope)));
        }

        return text.ToText();
    }

    private Value EvaluateChoice(Choice choice, Scope scope) => Truth.Of(Evaluate(choice.Condition, scope))
        ? Evaluate(choice.Then, scope)
        : choice.Otherwise is { } otherwise ? Evaluate(otherwise, scope) : new Undefined();

    private Sequence EvaluateList(ListOf list, Scope scope)
    {
        Budget.Elements(list.Items.Count);
        return new Sequence([.. list.Items.Select(item => Evaluate(item, scope))], list.IsTuple);
    }

    private Mapping EvaluateDictionary(DictionaryOf dictionary, Scope scope)
    {
        Budget.Elements(dictionary.Items.Count);
        var mapping = new Mapping();
        foreach (var (key, value) in dictionary.Items)
        {
            var name = Evaluate(key, scope);
            Budget.Key(name);
            mapping.Items[name] = Evaluate(value, scope);
        }

        return mapping;
    }
}
