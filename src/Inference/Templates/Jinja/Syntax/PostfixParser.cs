using System.Globalization;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Syntax;

/// <summary>Reads names and literals and what hangs behind them: members, items, calls, filters, tests.</summary>
internal sealed class PostfixParser(TokenReader tokens)
{
    public Expression Primary(ExpressionParser inner)
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                tokens.Next();
                return Named(token);
            case TokenKind.Text:
                return Strings();
            case TokenKind.Whole:
                tokens.Next();
                return new Literal(token.Line, new Whole(Integer(token)));
            case TokenKind.Real:
                tokens.Next();
                return new Literal(token.Line, new Real(double.Parse(token.Text, CultureInfo.InvariantCulture)));
            case TokenKind.Operator when token.Text is "(" or "[" or "{":
                tokens.Enter();
                tokens.Next();
                var literal = token.Text switch { "(" => Parenthesis(token, inner), "[" => List(token, inner), _ => Dictionary(token, inner) };
                tokens.Leave();
                return literal;
            default:
                throw tokens.Unexpected();
        }
    }

    /// <summary><c>.name</c>, <c>[index]</c> and <c>(arguments)</c>, any number of them.</summary>
    public Expression Postfixes(Expression target, ExpressionParser inner)
    {
        var levels = 0;
        while (tokens.IsOperator(".") || tokens.IsOperator("[") || tokens.IsOperator("("))
        {
            tokens.Enter();
            levels++;
            var line = tokens.Line;
            if (tokens.TakeOperator("."))
            {
                target = tokens.Current.Kind == TokenKind.Whole
                    ? new Item(line, target, new Literal(line, new Whole(Integer(tokens.Next()))))
                    : new Member(line, target, tokens.ExpectName());
            }
            else
            {
                target = tokens.IsOperator("(") ? new Invoke(line, target, Arguments(inner)) : Subscript(line, target, inner);
            }
        }

        tokens.Leave(levels);
        return target;
    }

    /// <summary><c>| filter</c> and <c>is test</c>, any number of them. Without a target the first filter stands alone.</summary>
    public Expression Filters(Expression? target, ExpressionParser inner)
    {
        var levels = 0;
        while (target is null || tokens.IsOperator("|") || tokens.IsName("is") || tokens.IsOperator("("))
        {
            tokens.Enter();
            levels++;
            var line = tokens.Line;
            if (target is not null && tokens.IsOperator("("))
            {
                target = new Invoke(line, target, Arguments(inner));
            }
            else if (target is not null && tokens.TakeName("is"))
            {
                target = Test(line, target, inner);
            }
            else
            {
                _ = target is null || tokens.TakeOperator("|");
                var name = DottedName();
                target = new Filter(line, target, name, tokens.IsOperator("(") ? Arguments(inner) : ArgumentList.None);
            }
        }

        tokens.Leave(levels);
        return target;
    }

    public ArgumentList Arguments(ExpressionParser inner)
    {
        tokens.ExpectOperator("(");
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        while (!tokens.TakeOperator(")"))
        {
            if (positional.Count + named.Count > 0)
            {
                tokens.ExpectOperator(",");
                if (tokens.TakeOperator(")"))
                {
                    break;
                }
            }

            if (tokens.Current.Kind == TokenKind.Name && tokens.IsOperatorNext("="))
            {
                var name = tokens.Next().Text;
                tokens.Next();
                named.Add((name, inner.Expression()));
            }
            else if (named.Count > 0)
            {
                throw tokens.Unexpected();
            }
            else
            {
                positional.Add(inner.Expression());
            }
        }

        return new ArgumentList(positional, named);
    }

    private static Expression Named(Token token) => token.Text switch
    {
        "true" or "True" => new Literal(token.Line, Flag.True),
        "false" or "False" => new Literal(token.Line, Flag.False),
        "none" or "None" => new Literal(token.Line, None.Value),
        _ => new Variable(token.Line, token.Text),
    };

    private static long Integer(Token token) => long.TryParse(token.Text, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new SyntaxException(token.Line, "a number is too large");

    private Literal Strings()
    {
        var line = tokens.Line;
        var text = tokens.Next().Text;
        while (tokens.Current.Kind == TokenKind.Text)
        {
            text += tokens.Next().Text;
        }

        return new Literal(line, Text.Trusted(text));
    }

    private Expression Parenthesis(Token open, ExpressionParser inner)
    {
        if (tokens.TakeOperator(")"))
        {
            return new ListOf(open.Line, [], IsTuple: true);
        }

        var expression = inner.Tuple();
        tokens.ExpectOperator(")");
        return expression;
    }

    private ListOf List(Token open, ExpressionParser inner)
    {
        var items = new List<Expression>();
        while (!tokens.TakeOperator("]"))
        {
            if (items.Count > 0)
            {
                tokens.ExpectOperator(",");
                if (tokens.TakeOperator("]"))
                {
                    break;
                }
            }

            items.Add(inner.Expression());
        }

        return new ListOf(open.Line, items, IsTuple: false);
    }

    private DictionaryOf Dictionary(Token open, ExpressionParser inner)
    {
        var items = new List<(Expression, Expression)>();
        while (!tokens.TakeOperator("}"))
        {
            if (items.Count > 0)
            {
                tokens.ExpectOperator(",");
                if (tokens.TakeOperator("}"))
                {
                    break;
                }
            }

            var key = inner.Expression();
            tokens.ExpectOperator(":");
            items.Add((key, inner.Expression()));
        }

        return new DictionaryOf(open.Line, items);
    }

    private Expression Subscript(int line, Expression target, ExpressionParser inner)
    {
        tokens.ExpectOperator("[");
        var start = tokens.IsOperator(":") ? null : inner.Tuple();
        if (start is not null && tokens.TakeOperator("]"))
        {
            return new Item(line, target, start);
        }

        tokens.ExpectOperator(":");
        var stop = Bound(inner);
        var step = tokens.TakeOperator(":") ? Bound(inner) : null;
        tokens.ExpectOperator("]");
        return new Slice(line, target, start, stop, step);
    }

    private Expression? Bound(ExpressionParser inner) => tokens.IsOperator(":") || tokens.IsOperator("]") ? null : inner.Expression();

    private Test Test(int line, Expression target, ExpressionParser inner)
    {
        var negated = tokens.TakeName("not");
        var name = DottedName();
        var arguments = ArgumentList.None;
        if (tokens.IsOperator("("))
        {
            arguments = Arguments(inner);
        }
        else if (TakesOperand())
        {
            arguments = new ArgumentList([Postfixes(Primary(inner), inner)], []);
        }

        return new Test(line, target, name, arguments, negated);
    }

    /// <summary>Whether what follows a test is its operand, as in <c>is divisibleby 3</c>.</summary>
    private bool TakesOperand() =>
        tokens.Current.Kind is TokenKind.Text or TokenKind.Whole or TokenKind.Real
        || tokens.IsOperator("[") || tokens.IsOperator("{")
        || (tokens.Current.Kind == TokenKind.Name && tokens.Current.Text is not ("else" or "or" or "and" or "is" or "if" or "in" or "not" or "recursive"));

    private string DottedName()
    {
        var name = tokens.ExpectName();
        while (tokens.TakeOperator("."))
        {
            name += "." + tokens.ExpectName();
        }

        return name;
    }
}
