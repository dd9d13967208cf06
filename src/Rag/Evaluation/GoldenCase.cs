namespace Tessera.Rag.Evaluation;

/// <summary>A question of a golden set and what must come of it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Document">Name of the document that must be quoted.</param>
/// <param name="Expect">Words that must stand in a quote, compared without case and with any white space between them.</param>
/// <param name="Refuse">The documents do not hold the answer: it must be refused.</param>
internal sealed record GoldenCase(string Question, string? Document = null, string? Expect = null, bool Refuse = false);

/// <summary>How a golden set went.</summary>
/// <param name="Failures">What was asked, what was expected and what came, a line for each case that failed.</param>
public sealed record GoldenOutcome(int Passed, int Total, IReadOnlyList<string> Failures);
