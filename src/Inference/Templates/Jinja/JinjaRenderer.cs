namespace Tessera.Inference.Templates.Jinja;

/// <summary>Runs a template. For one rendering.</summary>
internal sealed class JinjaRenderer
{
    private readonly JinjaLimits limits = new();
    private readonly JinjaEvaluator evaluator;
    private int depth;

    private JinjaRenderer() => evaluator = new JinjaEvaluator(limits);

    private enum Flow
    {
        Next,
        Break,
        Continue,
    }

    /// <exception cref="ModelException"><see cref="ModelFault.BadTemplate"/>: it uses what is not known, or goes too far.</exception>
    /// <exception cref="TemplateRefusal">The template itself refuses these messages.</exception>
    public static JinjaText Render(IReadOnlyList<JinjaStatement> template, JinjaScope globals)
    {
        var renderer = new JinjaRenderer();
        var output = new List<JinjaText>();
        renderer.Run(template, new JinjaScope(globals), output);
        return JinjaText.Concat(output);
    }

    private Flow Run(IReadOnlyList<JinjaStatement> body, JinjaScope scope, List<JinjaText> output)
    {
        if (++depth > JinjaLimits.Depth)
        {
            throw JinjaLimits.Exceeded("it calls itself too often");
        }

        var flow = Flow.Next;
        for (var i = 0; i < body.Count && flow == Flow.Next; i++)
        {
            limits.Step();
            flow = Run(body[i], scope, output);
        }

        depth--;
        return flow;
    }

    private Flow Run(JinjaStatement statement, JinjaScope scope, List<JinjaText> output)
    {
        switch (statement)
        {
            case JinjaStatement.Text text:
                Write(text.Value, output);
                return Flow.Next;
            case JinjaStatement.Output value:
                Write(JinjaValues.Text(evaluator.Value(value.Value, scope)), output);
                return Flow.Next;
            case JinjaStatement.If choice:
                var branch = choice.Branches.FirstOrDefault(branch => branch.When is null || JinjaValues.IsTrue(evaluator.Value(branch.When, scope)));
                return branch.Body is null ? Flow.Next : Run(branch.Body, scope, output);
            case JinjaStatement.For loop:
                return Loop(loop, scope, output);
            case JinjaStatement.Set set:
                Set(set, scope);
                return Flow.Next;
            case JinjaStatement.SetBlock set:
                scope[set.Name] = Capture(set.Body, scope);
                return Flow.Next;
            case JinjaStatement.Macro macro:
                scope[macro.Name] = Function(macro, scope);
                return Flow.Next;
            case JinjaStatement.FilterBlock filter:
                Write(JinjaValues.Text(evaluator.Filter(filter.Name, Capture(filter.Body, scope), new JinjaArguments([], new Dictionary<string, object?>()), filter.Line)), output);
                return Flow.Next;
            case JinjaStatement.Group group:
                return Run(group.Body, scope, output);
            case JinjaStatement.Break:
                return Flow.Break;
            default:
                return Flow.Continue;
        }
    }

    private void Write(JinjaText text, List<JinjaText> output)
    {
        limits.Make(text.Length);
        output.Add(text);
    }

    private JinjaText Capture(IReadOnlyList<JinjaStatement> body, JinjaScope scope)
    {
        var output = new List<JinjaText>();
        Run(body, new JinjaScope(scope), output);
        return JinjaText.Concat(output);
    }

    private Flow Loop(JinjaStatement.For loop, JinjaScope scope, List<JinjaText> output)
    {
        var items = JinjaEvaluator.Items(evaluator.Value(loop.Items, scope), loop.Line);
        if (loop.When is { } when)
        {
            items = [.. items.Where(item =>
            {
                var inner = new JinjaScope(scope);
                Bind(loop, inner, item);
                return JinjaValues.IsTrue(evaluator.Value(when, inner));
            })];
        }

        if (items.Count == 0)
        {
            return Run(loop.Else, new JinjaScope(scope), output);
        }

        for (var i = 0; i < items.Count; i++)
        {
            var inner = new JinjaScope(scope) { ["loop"] = Place(items, i) };
            Bind(loop, inner, items[i]);
            if (Run(loop.Body, inner, output) == Flow.Break)
            {
                break;
            }
        }

        return Flow.Next;
    }

    private static JinjaMap Place(List<object?> items, int i) => new()
    {
        ["index"] = i + 1L,
        ["index0"] = (long)i,
        ["revindex"] = (long)(items.Count - i),
        ["revindex0"] = (long)(items.Count - i - 1),
        ["first"] = i == 0,
        ["last"] = i == items.Count - 1,
        ["length"] = (long)items.Count,
        ["previtem"] = i > 0 ? items[i - 1] : JinjaValues.Undefined,
        ["nextitem"] = i < items.Count - 1 ? items[i + 1] : JinjaValues.Undefined,
        ["cycle"] = new JinjaFunction(arguments => arguments.List.Count == 0 ? null : arguments.List[i % arguments.List.Count]),
    };

    private static void Bind(JinjaStatement.For loop, JinjaScope scope, object? item)
    {
        if (loop.Names.Count == 1)
        {
            scope[loop.Names[0]] = item;
            return;
        }

        var parts = JinjaEvaluator.Items(item, loop.Line);
        for (var i = 0; i < loop.Names.Count; i++)
        {
            scope[loop.Names[i]] = i < parts.Count ? parts[i] : JinjaValues.Undefined;
        }
    }

    private void Set(JinjaStatement.Set set, JinjaScope scope)
    {
        var value = evaluator.Value(set.Value, scope);
        var parts = set.Targets.Count == 1 ? [value] : JinjaEvaluator.Items(value, set.Line);
        for (var i = 0; i < set.Targets.Count; i++)
        {
            var part = i < parts.Count ? parts[i] : JinjaValues.Undefined;
            if (set.Targets[i] is JinjaNode.Variable variable)
            {
                scope[variable.Name] = part;
            }
            else if (set.Targets[i] is JinjaNode.Member member && evaluator.Value(member.Of, scope) is JinjaMap map)
            {
                map.Set(JinjaValues.Text(evaluator.Value(member.Key, scope)), part);
            }
        }
    }

    private JinjaFunction Function(JinjaStatement.Macro macro, JinjaScope scope) => arguments =>
    {
        var inner = new JinjaScope(scope);
        for (var i = 0; i < macro.Parameters.Count; i++)
        {
            var (name, standard) = macro.Parameters[i];
            var given = arguments.At(i, name, JinjaValues.Undefined);
            inner[name] = given == JinjaValues.Undefined && standard is not null ? evaluator.Value(standard, inner) : given;
        }

        return Capture(macro.Body, inner);
    };
}
