namespace Tessera.Inference.Templates.Jinja;

/// <summary>Words → statements. For one parse.</summary>
internal sealed class JinjaStatements
{
    private readonly JinjaReading words;
    private readonly JinjaExpressions expressions;

    private JinjaStatements(JinjaReading words) => (this.words, expressions) = (words, new JinjaExpressions(words));

    /// <exception cref="ModelException"><see cref="ModelFault.BadTemplate"/>, with the line and what is not understood.</exception>
    public static IReadOnlyList<JinjaStatement> Read(string source)
    {
        var words = new JinjaReading(JinjaLexer.Read(source));
        return new JinjaStatements(words).Body();
    }

    // Up to one of the words that end it; that one is still to be read.
    private List<JinjaStatement> Body(params string[] ends)
    {
        var body = new List<JinjaStatement>();
        while (words.Next.Kind != JinjaTokenKind.End)
        {
            var token = words.Take();
            switch (token.Kind)
            {
                case JinjaTokenKind.Text:
                    body.Add(new JinjaStatement.Text(JinjaText.Trusted(token.Text), token.Line));
                    break;
                case JinjaTokenKind.OpenValue:
                    body.Add(new JinjaStatement.Output(expressions.ReadTuple(), token.Line));
                    words.Expect(JinjaTokenKind.CloseValue);
                    break;
                case JinjaTokenKind.OpenBlock when words.Next.Kind == JinjaTokenKind.Name && ends.Contains(words.Next.Text):
                    return body;
                case JinjaTokenKind.OpenBlock:
                    body.Add(words.Nested(Block));
                    break;
                default:
                    throw words.Bad($"'{token.Text}' stands outside of a tag");
            }
        }

        return ends.Length == 0 ? body : throw words.Bad($"'{ends[^1]}' is missing");
    }

    private JinjaStatement Block()
    {
        var line = words.Line;
        return words.Name() switch
        {
            "if" => If(line),
            "for" => For(line),
            "set" => Set(line),
            "macro" => Macro(line),
            "filter" => FilterBlock(line),
            "generation" => Group(line, "endgeneration"),
            "break" => Closed(new JinjaStatement.Break(line)),
            "continue" => Closed(new JinjaStatement.Continue(line)),
            var other => throw words.Bad($"the tag '{other}' is not known here"),
        };
    }

    private JinjaStatement Closed(JinjaStatement statement)
    {
        words.Expect(JinjaTokenKind.CloseBlock);
        return statement;
    }

    private void End(string name)
    {
        if (!words.TryName(name))
        {
            throw words.Bad($"'{name}' is expected before '{words.Next.Text}'");
        }

        words.Expect(JinjaTokenKind.CloseBlock);
    }

    private JinjaStatement.If If(int line)
    {
        var branches = new List<(JinjaNode?, IReadOnlyList<JinjaStatement>)>();
        JinjaNode? when = expressions.Read();
        words.Expect(JinjaTokenKind.CloseBlock);
        while (true)
        {
            branches.Add((when, Body("elif", "else", "endif")));
            if (words.TryName("elif"))
            {
                when = expressions.Read();
            }
            else if (words.TryName("else"))
            {
                when = null;
            }
            else
            {
                End("endif");
                return new JinjaStatement.If(branches, line);
            }

            words.Expect(JinjaTokenKind.CloseBlock);
        }
    }

    private JinjaStatement.For For(int line)
    {
        var names = new List<string> { words.Name() };
        while (words.TrySign(","))
        {
            names.Add(words.Name());
        }

        if (!words.TryName("in"))
        {
            throw words.Bad("'in' is missing");
        }

        var items = expressions.ReadItems();
        var when = words.TryName("if") ? expressions.Read() : null;
        words.TryName("recursive");
        words.Expect(JinjaTokenKind.CloseBlock);
        var body = Body("else", "endfor");
        IReadOnlyList<JinjaStatement> otherwise = [];
        if (words.TryName("else"))
        {
            words.Expect(JinjaTokenKind.CloseBlock);
            otherwise = Body("endfor");
        }

        End("endfor");
        return new JinjaStatement.For(names, items, when, body, otherwise, line);
    }

    private JinjaStatement Set(int line)
    {
        var targets = new List<JinjaNode> { Target() };
        while (words.TrySign(","))
        {
            targets.Add(Target());
        }

        if (words.TrySign("="))
        {
            var value = expressions.ReadTuple();
            return Closed(new JinjaStatement.Set(targets, value, line));
        }

        words.Expect(JinjaTokenKind.CloseBlock);
        var body = Body("endset");
        End("endset");
        return targets is [JinjaNode.Variable { Name: var name }] ? new JinjaStatement.SetBlock(name, body, line) : throw words.Bad("a block is set to one name");
    }

    private JinjaNode Target()
    {
        var line = words.Line;
        JinjaNode target = new JinjaNode.Variable(words.Name(), line);
        while (words.TrySign("."))
        {
            target = new JinjaNode.Member(target, new JinjaNode.Constant(JinjaText.Trusted(words.Name()), line), line);
        }

        return target;
    }

    private JinjaStatement.Macro Macro(int line)
    {
        var name = words.Name();
        words.Sign("(");
        var parameters = new List<(string, JinjaNode?)>();
        while (!words.IsSign(")"))
        {
            var parameter = words.Name();
            parameters.Add((parameter, words.TrySign("=") ? expressions.Read() : null));
            if (!words.TrySign(","))
            {
                break;
            }
        }

        words.Sign(")");
        words.Expect(JinjaTokenKind.CloseBlock);
        var body = Body("endmacro");
        End("endmacro");
        return new JinjaStatement.Macro(name, parameters, body, line);
    }

    private JinjaStatement.FilterBlock FilterBlock(int line)
    {
        var name = words.Name();
        words.Expect(JinjaTokenKind.CloseBlock);
        var body = Body("endfilter");
        End("endfilter");
        return new JinjaStatement.FilterBlock(name, body, line);
    }

    private JinjaStatement.Group Group(int line, string end)
    {
        words.Expect(JinjaTokenKind.CloseBlock);
        var body = Body(end);
        End(end);
        return new JinjaStatement.Group(body, line);
    }
}
