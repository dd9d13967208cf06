namespace Tessera.Reader.Code;

/// <summary>How a language writes one kind of string.</summary>
/// <param name="Mark">Closes it, and opens it where nothing else does.</param>
/// <param name="IsMultiline">Whether it may run over a line's end; otherwise the line's end closes it.</param>
/// <param name="Escapes">Whether a backslash takes the next character's meaning away.</param>
/// <param name="Hole">What opens code inside the string, such as <c>${</c>; its last character is the bracket that must close.</param>
/// <param name="Doubles">Whether a doubled mark stands for the mark itself.</param>
/// <param name="Open">Opens it, where that is not the mark alone.</param>
internal sealed record Quote(string Mark, bool IsMultiline = false, bool Escapes = true, string? Hole = null, bool Doubles = false, string? Open = null)
{
    public string Opening => Open ?? Mark;

    /// <summary>The bracket that closes a hole.</summary>
    public char HoleEnd => Hole?[^1] == '(' ? ')' : '}';
}
