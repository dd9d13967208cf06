namespace Tessera.Rag.Answers;

/// <summary>A question of a conversation and what was answered.</summary>
/// <param name="Question">As it was asked.</param>
/// <param name="Answer">The answer's text; null: it was refused.</param>
public sealed record Turn(string Question, string? Answer);
