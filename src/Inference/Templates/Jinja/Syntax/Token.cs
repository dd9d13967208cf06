namespace Tessera.Inference.Templates.Jinja.Syntax;

internal enum TokenKind
{
    /// <summary>Text outside of tags, as it is to be written.</summary>
    Data,

    /// <summary><c>{%</c></summary>
    BlockBegin,

    /// <summary><c>%}</c></summary>
    BlockEnd,

    /// <summary><c>{{</c></summary>
    PrintBegin,

    /// <summary><c>}}</c></summary>
    PrintEnd,
    Name,
    Text,
    Whole,
    Real,
    Operator,
    End,
}

/// <summary>A word of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters; of a string literal what it means.</param>
/// <param name="Line">The line it begins in, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line);
