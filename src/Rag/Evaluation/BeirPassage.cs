namespace Tessera.Rag.Evaluation;

/// <summary>One line of a corpus.</summary>
/// <param name="Id">Its id, as judgments name it.</param>
/// <param name="Title">Its title; may be empty.</param>
/// <param name="Text">Its text.</param>
/// <param name="Document">The document it belongs to, where the set says so.</param>
/// <param name="Start">Its offset there, where the set says so.</param>
public sealed record BeirPassage(string Id, string Title, string Text, string? Document, int? Start = null);

/// <summary>One question.</summary>
/// <param name="Id">Its id, as judgments name it.</param>
/// <param name="Text">The question.</param>
/// <param name="Document">The document it is about, where the set says so.</param>
public sealed record BeirQuery(string Id, string Text, string? Document);
