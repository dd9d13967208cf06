namespace Tessera.Host.Answers;

/// <summary>One sentence of an answer, as callers see it.</summary>
/// <param name="Start">Offset in the answer's text, UTF-16 code units.</param>
/// <param name="Citations">Indexes into the answer's citations; empty says it has no source.</param>
internal sealed record SentenceView(string Text, int Start, int End, IReadOnlyList<int> Citations);
