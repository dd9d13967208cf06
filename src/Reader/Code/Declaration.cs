namespace Tessera.Reader.Code;

/// <summary>A function, a type or another container in a file. Declarations nest or lie apart; they never overlap in part.</summary>
/// <param name="Start">Offset of its first character of code.</param>
/// <param name="End">Offset just behind its last.</param>
/// <param name="Names">Its name, behind the names of containers that its own head spells out (<c>Queue::push</c>).</param>
/// <param name="Signature">The head without the body, on one line.</param>
/// <param name="IsContainer">Whether declarations inside it are read.</param>
internal sealed record Declaration(int Start, int End, IReadOnlyList<string> Names, string Signature, bool IsContainer)
{
    /// <summary>Namespaces are part of the trail but nothing that a person looks up.</summary>
    public bool IsNamespace { get; init; }
}
