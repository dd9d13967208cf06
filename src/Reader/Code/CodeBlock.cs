namespace Tessera.Reader.Code;

/// <summary>Neighbouring lines of a file that belong together.</summary>
/// <param name="First">0-based first line.</param>
/// <param name="Last">0-based last line.</param>
/// <param name="Trail">Namespace, type, member.</param>
/// <param name="Declaration">What the lines declare; null for text between declarations.</param>
internal sealed record CodeBlock(int First, int Last, IReadOnlyList<string> Trail, Declaration? Declaration)
{
    /// <summary>The last line of the text: closing brackets of what is around the block stay with it.</summary>
    public int TextLast { get; init; } = Last;
}
