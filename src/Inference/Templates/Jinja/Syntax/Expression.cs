using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Jinja.Syntax;

/// <summary>Something with a value. A closed family.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal abstract record Expression(int Line);

internal sealed record Literal(int Line, Value Value) : Expression(Line);

internal sealed record Variable(int Line, string Name) : Expression(Line);

internal sealed record ListOf(int Line, IReadOnlyList<Expression> Items, bool IsTuple) : Expression(Line);

internal sealed record DictionaryOf(int Line, IReadOnlyList<(Expression Key, Expression Value)> Items) : Expression(Line);

/// <summary><c>target.name</c></summary>
internal sealed record Member(int Line, Expression Target, string Name) : Expression(Line);

/// <summary><c>target[index]</c></summary>
internal sealed record Item(int Line, Expression Target, Expression Index) : Expression(Line);

/// <summary><c>target[start:stop:step]</c></summary>
internal sealed record Slice(int Line, Expression Target, Expression? Start, Expression? Stop, Expression? Step) : Expression(Line);

internal sealed record Invoke(int Line, Expression Target, ArgumentList Arguments) : Expression(Line);

/// <summary><c>target | name(arguments)</c>; no target stands for the text of a block.</summary>
internal sealed record Filter(int Line, Expression? Target, string Name, ArgumentList Arguments) : Expression(Line);

/// <summary><c>target is name(arguments)</c></summary>
internal sealed record Test(int Line, Expression Target, string Name, ArgumentList Arguments, bool Negated) : Expression(Line);

/// <summary><c>not</c>, <c>-</c>, <c>+</c></summary>
internal sealed record Unary(int Line, string Operator, Expression Operand) : Expression(Line);

/// <summary>Arithmetic, <c>and</c>, <c>or</c>.</summary>
internal sealed record Binary(int Line, string Operator, Expression Left, Expression Right) : Expression(Line);

/// <summary>Terms joined by <c>~</c>.</summary>
internal sealed record Joined(int Line, IReadOnlyList<Expression> Terms) : Expression(Line);

/// <summary><c>a &lt; b == c not in d</c>: each neighbouring pair must hold.</summary>
internal sealed record Comparison(int Line, Expression First, IReadOnlyList<(string Operator, Expression Operand)> Rest) : Expression(Line);

/// <summary><c>then if condition else otherwise</c></summary>
internal sealed record Choice(int Line, Expression Condition, Expression Then, Expression? Otherwise) : Expression(Line);

/// <summary>What stands between the parentheses of a call.</summary>
internal sealed record ArgumentList(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
{
    public static ArgumentList None { get; } = new([], []);
}
