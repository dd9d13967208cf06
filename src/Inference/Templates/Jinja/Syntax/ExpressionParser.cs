namespace Tessera.Inference.Templates.Jinja.Syntax;

/// <summary>Reads expressions; from <c>if</c> … <c>else</c>, which binds least, down to names and literals.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private readonly PostfixParser _postfix = new(tokens);

    /// <summary>One expression, or several with commas, which make a tuple.</summary>
    public Expression Tuple(bool withChoice = true)
    {
        var line = tokens.Line;
        var first = withChoice ? Expression() : Or();
        if (!tokens.IsOperator(","))
        {
            return first;
        }

        var items = new List<Expression> { first };
        while (tokens.TakeOperator(","))
        {
            if (tokens.Current.Kind is TokenKind.BlockEnd or TokenKind.PrintEnd || tokens.IsOperator(")") || tokens.IsOperator("="))
            {
                break;
            }

            items.Add(withChoice ? Expression() : Or());
        }

        return new ListOf(line, items, IsTuple: true);
    }

    public Expression Expression()
    {
        tokens.Enter();
        var line = tokens.Line;
        var then = Or();
        var levels = 1;
        while (tokens.TakeName("if"))
        {
            tokens.Enter();
            levels++;
            var condition = Or();
            var otherwise = tokens.TakeName("else") ? Expression() : null;
            then = new Choice(line, condition, then, otherwise);
        }

        tokens.Leave(levels);
        return then;
    }

    public ArgumentList Arguments() => _postfix.Arguments(this);

    public Expression Filters(Expression? target) => _postfix.Filters(target, this);

    public Expression Or() => Chain(And, () => tokens.TakeName("or") ? "or" : null);

    private Expression And() => Chain(Not, () => tokens.TakeName("and") ? "and" : null);

    private Expression Not()
    {
        if (!tokens.IsName("not"))
        {
            return Compare();
        }

        tokens.Enter();
        var not = new Unary(tokens.Next().Line, "not", Not());
        tokens.Leave();
        return not;
    }

    private Expression Compare()
    {
        var line = tokens.Line;
        var first = Sum();
        var rest = new List<(string, Expression)>();
        while (ComparisonOperator() is { } sign)
        {
            rest.Add((sign, Sum()));
        }

        return rest.Count == 0 ? first : new Comparison(line, first, rest);
    }

    private string? ComparisonOperator()
    {
        foreach (var sign in (ReadOnlySpan<string>)["==", "!=", "<=", ">=", "<", ">"])
        {
            if (tokens.TakeOperator(sign))
            {
                return sign;
            }
        }

        if (tokens.IsName("not") && tokens.IsNameNext("in"))
        {
            tokens.Next();
            tokens.Next();
            return "not in";
        }

        return tokens.TakeName("in") ? "in" : null;
    }

    private Expression Sum() => Chain(Join, () => OneOf("+", "-"));

    private Expression Join()
    {
        var line = tokens.Line;
        var first = Product();
        if (!tokens.IsOperator("~"))
        {
            return first;
        }

        var terms = new List<Expression> { first };
        while (tokens.TakeOperator("~"))
        {
            terms.Add(Product());
        }

        return new Joined(line, terms);
    }

    private Expression Product() => Chain(Power, () => OneOf("*", "//", "/", "%"));

    private Expression Power() => Chain(() => Signed(withFilters: true), () => OneOf("**"));

    private Expression Signed(bool withFilters)
    {
        if (tokens.IsOperator("-") || tokens.IsOperator("+"))
        {
            tokens.Enter();
            var sign = tokens.Next();
            Expression signed = new Unary(sign.Line, sign.Text, Signed(withFilters: false));
            tokens.Leave();
            return withFilters ? _postfix.Filters(_postfix.Postfixes(signed, this), this) : signed;
        }

        var primary = _postfix.Postfixes(_postfix.Primary(this), this);
        return withFilters ? _postfix.Filters(primary, this) : primary;
    }

    private string? OneOf(params ReadOnlySpan<string> signs)
    {
        foreach (var sign in signs)
        {
            if (tokens.TakeOperator(sign))
            {
                return sign;
            }
        }

        return null;
    }

    /// <summary>Operands of equal rank, joined from the left. A long chain is as deep as nesting, and counts as such.</summary>
    private Expression Chain(Func<Expression> operand, Func<string?> sign)
    {
        var line = tokens.Line;
        var left = operand();
        var levels = 0;
        while (sign() is { } found)
        {
            tokens.Enter();
            levels++;
            left = new Binary(line, found, left, operand());
        }

        tokens.Leave(levels);
        return left;
    }
}
