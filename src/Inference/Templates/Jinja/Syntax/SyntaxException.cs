namespace Tessera.Inference.Templates.Jinja.Syntax;

/// <summary>A template cannot be read.</summary>
internal sealed class SyntaxException(int line, string message) : JinjaException(message)
{
    /// <summary>From 1.</summary>
    public int Line { get; } = line;
}
