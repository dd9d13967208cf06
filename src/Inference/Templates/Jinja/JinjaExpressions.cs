using System.Globalization;

namespace Tessera.Inference.Templates.Jinja;

/// <summary>Words → expressions, by Python's and Jinja's precedence. For one parse.</summary>
internal sealed class JinjaExpressions(JinjaReading words)
{
    private static readonly string[][] Levels = [["~"], ["+", "-"], ["*", "/", "//", "%"]];

    /// <summary>An expression, <c>a if b else c</c> included.</summary>
    public JinjaNode Read() => words.Nested(() =>
    {
        var value = Or();
        while (words.IsName("if"))
        {
            var line = words.Take().Line;
            var when = Or();
            value = new JinjaNode.Choice(when, value, words.TryName("else") ? Read() : null, line);
        }

        return value;
    });

    /// <summary>Without a choice: what a loop runs over may be followed by a condition.</summary>
    public JinjaNode ReadItems()
    {
        var first = Or();
        return words.IsSign(",") ? Tuple(first) : first;
    }

    /// <summary>An expression, or several that make a tuple.</summary>
    public JinjaNode ReadTuple()
    {
        var first = Read();
        return words.IsSign(",") ? Tuple(first) : first;
    }

    public (List<JinjaNode> List, List<(string Name, JinjaNode Value)> Named) Arguments()
    {
        var (list, named) = (new List<JinjaNode>(), new List<(string, JinjaNode)>());
        while (!words.IsSign(")"))
        {
            if (words.Next.Kind == JinjaTokenKind.Name && words.IsSignAfter("="))
            {
                var name = words.Name();
                words.Sign("=");
                named.Add((name, Read()));
            }
            else
            {
                list.Add(Read());
            }

            if (!words.TrySign(","))
            {
                break;
            }
        }

        words.Sign(")");
        return (list, named);
    }

    private JinjaNode.ListOf Tuple(JinjaNode first)
    {
        var items = new List<JinjaNode> { first };
        while (words.TrySign(",") && words.Next.Kind is not (JinjaTokenKind.CloseBlock or JinjaTokenKind.CloseValue))
        {
            items.Add(Read());
        }

        return new JinjaNode.ListOf(items, first.Line);
    }

    private JinjaNode Or() => Chain(And, "or");

    private JinjaNode And() => Chain(Not, "and");

    private JinjaNode Chain(Func<JinjaNode> part, string sign)
    {
        var left = part();
        while (words.IsName(sign))
        {
            var line = words.Take().Line;
            left = new JinjaNode.Binary(sign, left, part(), line);
        }

        return left;
    }

    private JinjaNode Not()
    {
        var line = words.Line;
        return words.TryName("not") ? words.Nested(() => new JinjaNode.Not(Not(), line)) : Compare();
    }

    private JinjaNode Compare()
    {
        var left = Level(0);
        while (true)
        {
            var line = words.Line;
            if (words.Next.Kind == JinjaTokenKind.Sign && words.Next.Text is "==" or "!=" or "<" or ">" or "<=" or ">=")
            {
                left = new JinjaNode.Binary(words.Take().Text, left, Level(0), line);
            }
            else if (words.TryName("in"))
            {
                left = new JinjaNode.Binary("in", left, Level(0), line);
            }
            else if (words.IsName("not") && words.IsNameAfter("in"))
            {
                words.Take();
                words.Take();
                left = new JinjaNode.Not(new JinjaNode.Binary("in", left, Level(0), line), line);
            }
            else
            {
                return left;
            }
        }
    }

    private JinjaNode Level(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var left = Level(level + 1);
        while (words.Next.Kind == JinjaTokenKind.Sign && Levels[level].Contains(words.Next.Text))
        {
            var sign = words.Take();
            left = new JinjaNode.Binary(sign.Text, left, Level(level + 1), sign.Line);
        }

        return left;
    }

    private JinjaNode Unary()
    {
        var line = words.Line;
        if (words.TrySign("-"))
        {
            return words.Nested(() => new JinjaNode.Negative(Unary(), line));
        }

        var value = Postfix(Primary());
        while (words.IsSign("|") || words.IsName("is"))
        {
            value = words.Take().Text == "|" ? Filter(value) : Test(value);
            value = Postfix(value);
        }

        return value;
    }

    private JinjaNode.Filter Filter(JinjaNode of)
    {
        var (line, name) = (words.Line, words.Name());
        var (list, named) = words.TrySign("(") ? words.Nested(Arguments) : ([], []);
        return new JinjaNode.Filter(of, name, list, named, line);
    }

    private JinjaNode.Test Test(JinjaNode of)
    {
        var line = words.Line;
        var negated = words.TryName("not");
        var name = words.Name();
        IReadOnlyList<JinjaNode> list = words.TrySign("(") ? words.Nested(Arguments).List
            : words.Next.Kind is JinjaTokenKind.String or JinjaTokenKind.Number ? [Primary()] : [];
        return new JinjaNode.Test(of, name, list, negated, line);
    }

    private JinjaNode Postfix(JinjaNode of)
    {
        while (true)
        {
            var line = words.Line;
            if (words.TrySign("."))
            {
                var key = words.Next.Kind == JinjaTokenKind.Number ? new JinjaNode.Constant(Whole(words.Take().Text), line) : new JinjaNode.Constant(JinjaText.Trusted(words.Name()), line);
                of = new JinjaNode.Member(of, key, line);
            }
            else if (words.TrySign("["))
            {
                var target = of;
                of = words.Nested(() => Index(target, line));
            }
            else if (words.TrySign("("))
            {
                var (list, named) = words.Nested(Arguments);
                of = new JinjaNode.Call(of, list, named, line);
            }
            else
            {
                return of;
            }
        }
    }

    private JinjaNode Index(JinjaNode of, int line)
    {
        var from = words.IsSign(":") ? null : Read();
        if (words.TrySign("]"))
        {
            return new JinjaNode.Member(of, from!, line);
        }

        words.Sign(":");
        var to = words.IsSign(":") || words.IsSign("]") ? null : Read();
        var step = words.TrySign(":") && !words.IsSign("]") ? Read() : null;
        words.Sign("]");
        return new JinjaNode.Slice(of, from, to, step, line);
    }

    private JinjaNode Primary()
    {
        var token = words.Take();
        switch (token.Kind)
        {
            case JinjaTokenKind.String:
                var text = token.Text;
                while (words.Next.Kind == JinjaTokenKind.String)
                {
                    text += words.Take().Text;
                }

                return new JinjaNode.Constant(JinjaText.Trusted(text), token.Line);
            case JinjaTokenKind.Number:
                return new JinjaNode.Constant(
                    token.Text.Contains('.', StringComparison.Ordinal) ? (object)double.Parse(token.Text, CultureInfo.InvariantCulture) : Whole(token.Text), token.Line);
            case JinjaTokenKind.Name:
                return token.Text switch
                {
                    "true" or "True" => new JinjaNode.Constant(true, token.Line),
                    "false" or "False" => new JinjaNode.Constant(false, token.Line),
                    "none" or "None" or "null" => new JinjaNode.Constant(null, token.Line),
                    _ => new JinjaNode.Variable(token.Text, token.Line),
                };
            case JinjaTokenKind.Sign when token.Text == "(":
                return words.Nested(() => Parenthesis(token.Line));
            case JinjaTokenKind.Sign when token.Text == "[":
                return words.Nested(() => new JinjaNode.ListOf(Items("]", Read), token.Line));
            case JinjaTokenKind.Sign when token.Text == "{":
                return words.Nested(() => new JinjaNode.MapOf(Items("}", Pair), token.Line));
            default:
                throw words.Bad($"'{token.Text}' stands where a value is expected");
        }
    }

    private JinjaNode Parenthesis(int line)
    {
        if (words.TrySign(")"))
        {
            return new JinjaNode.ListOf([], line);
        }

        var first = Read();
        if (words.TrySign(")"))
        {
            return first;
        }

        words.Sign(",");
        return new JinjaNode.ListOf([first, .. Items(")", Read)], line);
    }

    private (JinjaNode Key, JinjaNode Value) Pair()
    {
        var key = Read();
        words.Sign(":");
        return (key, Read());
    }

    private List<T> Items<T>(string close, Func<T> read)
    {
        var items = new List<T>();
        while (!words.IsSign(close))
        {
            items.Add(read());
            if (!words.TrySign(","))
            {
                break;
            }
        }

        words.Sign(close);
        return items;
    }

    private long Whole(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw words.Bad("a number is too large");
}
