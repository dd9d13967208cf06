using Tessera.Inference.Templates.Jinja.Library;
using Tessera.Inference.Templates.Jinja.Syntax;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>Runs statements and gathers what they write. One rendering, one thread.</summary>
internal sealed class StatementRunner(Interpreter interpreter)
{
    private readonly RenderBudget _budget = interpreter.Budget;
    private TextBuilder _output = new(interpreter.Budget);

    private enum Flow
    {
        Next,
        Break,
        Continue,
    }

    /// <summary>What the statements write.</summary>
    public Text Render(IReadOnlyList<Statement> statements, Scope scope)
    {
        var outer = _output;
        _output = new TextBuilder(_budget);
        Run(statements, scope);
        var text = _output.ToText();
        _output = outer;
        return text;
    }

    private Flow Run(IReadOnlyList<Statement> statements, Scope scope)
    {
        foreach (var statement in statements)
        {
            _budget.Enter();
            interpreter.Line = statement.Line;
            var flow = Run(statement, scope);
            _budget.Leave();
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    private Flow Run(Statement statement, Scope scope)
    {
        switch (statement)
        {
            case Data data:
                Write(Text.Trusted(data.Text));
                return Flow.Next;
            case Print print:
                Write(interpreter.ToText(interpreter.Evaluate(print.Value, scope)));
                return Flow.Next;
            case If choice:
                return Run(choice, scope);
            case For loop:
                Run(loop, scope);
                return Flow.Next;
            case Break:
                return Flow.Break;
            case Continue:
                return Flow.Continue;
            case Block block:
                return Run(block, scope);
            default:
                Change(statement, scope);
                return Flow.Next;
        }
    }

    private void Change(Statement statement, Scope scope)
    {
        switch (statement)
        {
            case Set set:
                Assign(set.Targets, interpreter.Evaluate(set.Value, scope), scope);
                break;
            case SetField set:
                var fields = scope.Find(set.Target) as Fields ?? throw new JinjaException($"'{set.Target}' is no namespace");
                _budget.Elements(1);
                fields.Items[set.Name] = interpreter.Evaluate(set.Value, scope);
                break;
            case SetBlock set:
                scope.Set(set.Name, Through(set.Filters, Render(set.Body, new Scope(scope)), scope));
                break;
            case FilterBlock filter:
                Write(interpreter.ToText(Through(filter.Filters, Render(filter.Body, new Scope(scope)), scope)));
                break;
            case Macro macro:
                scope.Set(macro.Name, Define(macro, scope));
                break;
            case CallBlock call:
                Run(call, scope);
                break;
            case Do action:
                interpreter.Evaluate(action.Value, scope);
                break;
            default:
                throw new JinjaException("a statement is not understood");
        }
    }

    private void Write(Text text)
    {
        _output.Append(text);
        _budget.Output(_output.Length);
    }

    private Flow Run(If choice, Scope scope)
    {
        foreach (var (condition, body) in choice.Branches)
        {
            if (condition is null || Truth.Of(interpreter.Evaluate(condition, scope)))
            {
                return Run(body, scope);
            }
        }

        return Flow.Next;
    }

    private Flow Run(Block block, Scope scope)
    {
        var inner = new Scope(scope);
        foreach (var variable in block.Variables)
        {
            Assign(variable.Targets, interpreter.Evaluate(variable.Value, scope), inner);
        }

        return Run(block.Body, inner);
    }

    private void Run(For loop, Scope scope)
    {
        // Jinja refuses none here. Templates for tools go through "tools" unasked, and without tools that is none.
        var among = interpreter.Evaluate(loop.Items, scope);
        var items = among is None ? [] : Iteration.Of(among, _budget);
        if (loop.Condition is { } condition)
        {
            items = items.FindAll(item =>
            {
                var inner = new Scope(scope);
                Assign(loop.Targets, item, inner);
                return Truth.Of(interpreter.Evaluate(condition, inner));
            });
        }

        if (items.Count == 0)
        {
            Run(loop.Otherwise, new Scope(scope));
            return;
        }

        var state = new Loop(items);
        for (var index = 0; index < items.Count; index++)
        {
            state.Index = index;
            var inner = new Scope(scope);
            inner.Set("loop", state);
            Assign(loop.Targets, items[index], inner);
            if (Run(loop.Body, inner) == Flow.Break)
            {
                break;
            }
        }
    }

    private static void Assign(IReadOnlyList<string> targets, Value value, Scope scope)
    {
        if (targets.Count == 1)
        {
            scope.Set(targets[0], value);
            return;
        }

        var items = (value as Sequence)?.Items;
        if (items?.Count != targets.Count)
        {
            throw new JinjaException($"{targets.Count} names are set from a value that has not as many parts");
        }

        for (var at = 0; at < targets.Count; at++)
        {
            scope.Set(targets[at], items[at]);
        }
    }

    private Value Through(IReadOnlyList<Filter> filters, Value value, Scope scope)
    {
        foreach (var filter in filters)
        {
            value = interpreter.Apply(filter, value, scope);
        }

        return value;
    }

    private void Run(CallBlock call, Scope scope)
    {
        var target = interpreter.Evaluate(call.Target.Target, scope);
        var arguments = interpreter.EvaluateArguments(call.Target.Arguments, scope);
        var named = new Dictionary<string, Value>(arguments.Named) { ["caller"] = Define(call.Caller, scope) };
        Write(interpreter.ToText(interpreter.Call(target, arguments with { Named = named })));
    }

    private Callable Define(Macro macro, Scope scope) => new(macro.Name, (_, arguments) =>
    {
        var inner = new Scope(scope);
        var named = arguments.Named;
        if (named.TryGetValue("caller", out var given) && !macro.Parameters.Any(parameter => parameter.Name == "caller"))
        {
            inner.Set("caller", given);
            named = named.Where(pair => pair.Key != "caller").ToDictionary();
        }

        var names = macro.Parameters.Select(parameter => parameter.Name).ToList();
        var bound = (arguments with { Named = named }).Bind(macro.Name, names);
        for (var at = 0; at < bound.Length; at++)
        {
            var fallback = macro.Parameters[at].Default;
            inner.Set(names[at], bound[at] ?? (fallback is null ? new Undefined(names[at]) : interpreter.Evaluate(fallback, inner)));
        }

        return Render(macro.Body, inner);
    });
}
