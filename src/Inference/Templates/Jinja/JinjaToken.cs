namespace Tessera.Inference.Templates.Jinja;

/// <summary>A word of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The characters; of a string, what it says.</param>
/// <param name="Line">1-based.</param>
internal readonly record struct JinjaToken(JinjaTokenKind Kind, string Text, int Line);

/// <summary>Kinds of words.</summary>
internal enum JinjaTokenKind
{
    /// <summary>Text outside of any tag.</summary>
    Text,
    OpenBlock,
    CloseBlock,
    OpenValue,
    CloseValue,
    Name,
    String,
    Number,
    Sign,
    End,
}
