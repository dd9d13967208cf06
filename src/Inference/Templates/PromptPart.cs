namespace Tessera.Inference.Templates;

/// <summary>A stretch of a rendered prompt.</summary>
/// <param name="Text">The characters, never empty.</param>
/// <param name="Trusted">True: the template wrote it. False: it came from a message, a tool or a document, and is never read as control tokens.</param>
public readonly record struct PromptPart(string Text, bool Trusted);
