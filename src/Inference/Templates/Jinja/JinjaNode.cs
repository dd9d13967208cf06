namespace Tessera.Inference.Templates.Jinja;

/// <summary>A part of a template that gives a value. Closed, immutable.</summary>
internal abstract record JinjaNode(int Line)
{
    internal sealed record Constant(object? Value, int Line) : JinjaNode(Line);

    internal sealed record Variable(string Name, int Line) : JinjaNode(Line);

    internal sealed record ListOf(IReadOnlyList<JinjaNode> Items, int Line) : JinjaNode(Line);

    internal sealed record MapOf(IReadOnlyList<(JinjaNode Key, JinjaNode Value)> Items, int Line) : JinjaNode(Line);

    internal sealed record Member(JinjaNode Of, JinjaNode Key, int Line) : JinjaNode(Line);

    internal sealed record Slice(JinjaNode Of, JinjaNode? From, JinjaNode? To, JinjaNode? Step, int Line) : JinjaNode(Line);

    internal sealed record Call(JinjaNode Of, IReadOnlyList<JinjaNode> List, IReadOnlyList<(string Name, JinjaNode Value)> Named, int Line) : JinjaNode(Line);

    internal sealed record Filter(JinjaNode Of, string Name, IReadOnlyList<JinjaNode> List, IReadOnlyList<(string Name, JinjaNode Value)> Named, int Line) : JinjaNode(Line);

    internal sealed record Test(JinjaNode Of, string Name, IReadOnlyList<JinjaNode> List, bool IsNegated, int Line) : JinjaNode(Line);

    internal sealed record Not(JinjaNode Of, int Line) : JinjaNode(Line);

    internal sealed record Negative(JinjaNode Of, int Line) : JinjaNode(Line);

    internal sealed record Binary(string Sign, JinjaNode Left, JinjaNode Right, int Line) : JinjaNode(Line);

    internal sealed record Choice(JinjaNode When, JinjaNode Then, JinjaNode? Else, int Line) : JinjaNode(Line);
}

/// <summary>A part of a template that does something. Closed, immutable.</summary>
internal abstract record JinjaStatement(int Line)
{
    internal sealed record Text(JinjaText Value, int Line) : JinjaStatement(Line);

    internal sealed record Output(JinjaNode Value, int Line) : JinjaStatement(Line);

    internal sealed record If(IReadOnlyList<(JinjaNode? When, IReadOnlyList<JinjaStatement> Body)> Branches, int Line) : JinjaStatement(Line);

    internal sealed record For(
        IReadOnlyList<string> Names, JinjaNode Items, JinjaNode? When, IReadOnlyList<JinjaStatement> Body, IReadOnlyList<JinjaStatement> Else, int Line) : JinjaStatement(Line);

    internal sealed record Set(IReadOnlyList<JinjaNode> Targets, JinjaNode Value, int Line) : JinjaStatement(Line);

    internal sealed record SetBlock(string Name, IReadOnlyList<JinjaStatement> Body, int Line) : JinjaStatement(Line);

    internal sealed record Macro(string Name, IReadOnlyList<(string Name, JinjaNode? Default)> Parameters, IReadOnlyList<JinjaStatement> Body, int Line) : JinjaStatement(Line);

    internal sealed record FilterBlock(string Name, IReadOnlyList<JinjaStatement> Body, int Line) : JinjaStatement(Line);

    internal sealed record Group(IReadOnlyList<JinjaStatement> Body, int Line) : JinjaStatement(Line);

    internal sealed record Break(int Line) : JinjaStatement(Line);

    internal sealed record Continue(int Line) : JinjaStatement(Line);
}
