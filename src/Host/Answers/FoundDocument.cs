namespace Tessera.Host.Answers;

/// <summary>A document that a search found, as people know it.</summary>
/// <param name="Folder">Empty is the root.</param>
internal sealed record FoundDocument(string Name, string Folder);
