namespace Tessera.Inference.Templates.Jinja.Syntax;

/// <summary>Reads a template into statements.</summary>
internal sealed class StatementParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private int _loops;

    private StatementParser(List<Token> tokens)
    {
        _tokens = new TokenReader(tokens);
        _expressions = new ExpressionParser(_tokens);
    }

    /// <exception cref="SyntaxException">The template is no Jinja, or uses what is not understood.</exception>
    public static IReadOnlyList<Statement> Parse(string source) => new StatementParser(Lexer.Read(source)).Body(opener: null);

    /// <summary>Statements up to a tag that ends them, which is left half read: its name comes next.</summary>
    private List<Statement> Body(string? opener, params string[] ends)
    {
        var line = _tokens.Line;
        var body = new List<Statement>();
        while (true)
        {
            var token = _tokens.Next();
            switch (token.Kind)
            {
                case TokenKind.End when opener is null:
                    return body;
                case TokenKind.End:
                    throw new SyntaxException(line, $"'{opener}' is not closed by '{ends[^1]}'");
                case TokenKind.Data:
                    body.Add(new Data(token.Line, token.Text));
                    break;
                case TokenKind.PrintBegin:
                    body.Add(new Print(token.Line, _expressions.Tuple()));
                    _tokens.Expect(TokenKind.PrintEnd, "}}");
                    break;
                default:
                    if (_tokens.Current.Kind == TokenKind.Name && ends.Contains(_tokens.Current.Text))
                    {
                        return body;
                    }

                    body.Add(Tag());
                    break;
            }
        }
    }

    private Statement Tag()
    {
        _tokens.Enter();
        var line = _tokens.Line;
        var name = _tokens.ExpectName();
        var statement = name switch
        {
            "if" => If(line),
            "for" => For(line),
            "set" => Set(line),
            "macro" => Macro(line),
            "call" => Call(line),
            "filter" => Filter(line),
            "with" => With(line),
            "generation" => new Block(line, [], ToEnd(name)),
            "do" => new Do(line, _expressions.Tuple()),
            "break" or "continue" when _loops == 0 => throw new SyntaxException(line, $"'{name}' stands outside of a loop"),
            "break" => new Break(line),
            "continue" => new Continue(line),
            _ => throw new SyntaxException(line, $"the tag '{name}' is not understood"),
        };
        _tokens.Expect(TokenKind.BlockEnd, "%}");
        _tokens.Leave();
        return statement;
    }

    /// <summary>The rest of an opening tag, the body, and the name of the closing tag.</summary>
    private List<Statement> ToEnd(string name)
    {
        _tokens.Expect(TokenKind.BlockEnd, "%}");
        var body = Body(name, "end" + name);
        _tokens.Next();
        return body;
    }

    private If If(int line)
    {
        var branches = new List<(Expression?, IReadOnlyList<Statement>)>();
        for (var ended = false; !ended;)
        {
            var condition = _expressions.Tuple();
            _tokens.Expect(TokenKind.BlockEnd, "%}");
            branches.Add((condition, Body("if", "elif", "else", "endif")));
            if (_tokens.TakeName("else"))
            {
                _tokens.Expect(TokenKind.BlockEnd, "%}");
                branches.Add((null, Body("if", "endif")));
            }

            ended = _tokens.Next().Text == "endif";
        }

        return new If(line, branches);
    }

    private For For(int line)
    {
        var targets = Names();
        _tokens.ExpectName("in");
        var items = _expressions.Tuple(withChoice: false);
        var condition = _tokens.TakeName("if") ? _expressions.Expression() : null;
        if (_tokens.IsName("recursive"))
        {
            throw new SyntaxException(line, "a recursive 'for' is not understood");
        }

        _tokens.Expect(TokenKind.BlockEnd, "%}");
        _loops++;
        var body = Body("for", "else", "endfor");
        _loops--;
        var otherwise = new List<Statement>();
        if (_tokens.TakeName("else"))
        {
            _tokens.Expect(TokenKind.BlockEnd, "%}");
            otherwise = Body("for", "endfor");
        }

        _tokens.Next();
        return new For(line, targets, items, condition, body, otherwise);
    }

    private Statement Set(int line)
    {
        if (_tokens.IsOperatorNext("."))
        {
            var target = _tokens.ExpectName();
            _tokens.ExpectOperator(".");
            var field = _tokens.ExpectName();
            _tokens.ExpectOperator("=");
            return new SetField(line, target, field, _expressions.Tuple());
        }

        var names = Names();
        if (_tokens.TakeOperator("="))
        {
            return new Set(line, names, _expressions.Tuple());
        }

        var filters = _tokens.TakeOperator("|") ? Filters() : [];
        return names.Count == 1 ? new SetBlock(line, names[0], filters, ToEnd("set")) : throw _tokens.Unexpected();
    }

    private List<string> Names()
    {
        var parenthesis = _tokens.TakeOperator("(");
        var names = new List<string> { _tokens.ExpectName() };
        while (_tokens.TakeOperator(","))
        {
            names.Add(_tokens.ExpectName());
        }

        if (parenthesis)
        {
            _tokens.ExpectOperator(")");
        }

        return names;
    }

    private Macro Macro(int line)
    {
        var name = _tokens.ExpectName();
        return new Macro(line, name, Parameters(), Unlooped("macro"));
    }

    /// <summary>A body that runs elsewhere: a loop around it is none of its own.</summary>
    private List<Statement> Unlooped(string name)
    {
        var loops = _loops;
        _loops = 0;
        var body = ToEnd(name);
        _loops = loops;
        return body;
    }

    private List<(string, Expression?)> Parameters()
    {
        var parameters = new List<(string, Expression?)>();
        _tokens.ExpectOperator("(");
        while (!_tokens.TakeOperator(")"))
        {
            if (parameters.Count > 0)
            {
                _tokens.ExpectOperator(",");
            }

            var name = _tokens.ExpectName();
            parameters.Add((name, _tokens.TakeOperator("=") ? _expressions.Expression() : null));
        }

        return parameters;
    }

    private CallBlock Call(int line)
    {
        var parameters = _tokens.IsOperator("(") ? Parameters() : [];
        var target = _expressions.Expression() as Invoke ?? throw new SyntaxException(line, "'call' names no macro");
        return new CallBlock(line, new Macro(line, "caller", parameters, Unlooped("call")), target);
    }

    private FilterBlock Filter(int line)
    {
        var filters = Filters();
        return new FilterBlock(line, filters, ToEnd("filter"));
    }

    /// <summary>Filters without a target, in the order in which text goes through them.</summary>
    private List<Filter> Filters()
    {
        var filters = new List<Filter>();
        for (var last = _expressions.Filters(null); last is not null; last = ((Filter)last).Target)
        {
            filters.Insert(0, last is Filter filter ? filter with { Target = null } : throw new SyntaxException(last.Line, "a filter is expected"));
        }

        return filters;
    }

    private Block With(int line)
    {
        var variables = new List<Set>();
        while (_tokens.Current.Kind == TokenKind.Name)
        {
            var name = _tokens.ExpectName();
            _tokens.ExpectOperator("=");
            variables.Add(new Set(line, [name], _expressions.Expression()));
            if (!_tokens.TakeOperator(","))
            {
                break;
            }
        }

        return new Block(line, variables, ToEnd("with"));
    }
}
