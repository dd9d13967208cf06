namespace Tessera.Rag.Evaluation;

/// <summary>A question of a golden set and what must come of it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Document">Name of the document that must be quoted.</param>
/// <param name="Expect">Words that must stand in a quote, compared without case and with any white space between them.</param>
/// <param name="Refuse">The documents do not hold the answer: it must be refused.</param>
internal sealed record GoldenCase(string Question, string? Document = null, string? Expect = null, bool Refuse = false)
{
    /// <summary>Where the expected words stand in a text, UTF-16 code units.</summary>
    public IEnumerable<(int Start, int End)> FindIn(string text)
    {
        var (line, places) = LineText.Of(text);
        var words = LineText.Of(Expect ?? "").Line;
        for (var at = 0; words.Length > 0 && (at = line.IndexOf(words, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += words.Length)
        {
            yield return (places[at], places[at + words.Length - 1] + 1);
        }
    }
}

/// <summary>How a golden set went.</summary>
/// <param name="Failures">What was asked, what was expected and what came, a line for each case that failed.</param>
public sealed record GoldenOutcome(int Passed, int Total, IReadOnlyList<string> Failures);
