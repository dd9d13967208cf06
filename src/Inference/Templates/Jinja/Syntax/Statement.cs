namespace Tessera.Inference.Templates.Jinja.Syntax;

/// <summary>Something that writes or changes. A closed family.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal abstract record Statement(int Line);

/// <summary>Text outside of tags.</summary>
internal sealed record Data(int Line, string Text) : Statement(Line);

internal sealed record Print(int Line, Expression Value) : Statement(Line);

/// <summary>The first branch whose condition holds; one without a condition always does.</summary>
internal sealed record If(int Line, IReadOnlyList<(Expression? Condition, IReadOnlyList<Statement> Body)> Branches) : Statement(Line);

internal sealed record For(
    int Line,
    IReadOnlyList<string> Targets,
    Expression Items,
    Expression? Condition,
    IReadOnlyList<Statement> Body,
    IReadOnlyList<Statement> Otherwise) : Statement(Line);

/// <summary><c>set a, b = value</c></summary>
internal sealed record Set(int Line, IReadOnlyList<string> Targets, Expression Value) : Statement(Line);

/// <summary><c>set target.name = value</c>, target being a namespace</summary>
internal sealed record SetField(int Line, string Target, string Name, Expression Value) : Statement(Line);

/// <summary><c>set name</c> … <c>endset</c>, the text going through filters.</summary>
internal sealed record SetBlock(int Line, string Name, IReadOnlyList<Filter> Filters, IReadOnlyList<Statement> Body) : Statement(Line);

/// <summary><c>filter name</c> … <c>endfilter</c></summary>
internal sealed record FilterBlock(int Line, IReadOnlyList<Filter> Filters, IReadOnlyList<Statement> Body) : Statement(Line);

internal sealed record Macro(int Line, string Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, IReadOnlyList<Statement> Body)
    : Statement(Line);

/// <summary><c>call(parameters) macro(…)</c> … <c>endcall</c>: the body is what the macro's <c>caller</c> writes.</summary>
internal sealed record CallBlock(int Line, Macro Caller, Invoke Target) : Statement(Line);

/// <summary>A body in a scope of its own: <c>with</c>, <c>generation</c>.</summary>
internal sealed record Block(int Line, IReadOnlyList<Set> Variables, IReadOnlyList<Statement> Body) : Statement(Line);

internal sealed record Break(int Line) : Statement(Line);

internal sealed record Continue(int Line) : Statement(Line);

/// <summary><c>do expression</c></summary>
internal sealed record Do(int Line, Expression Value) : Statement(Line);
