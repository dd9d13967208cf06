namespace Tessera.Training.Answers;

/// <summary>A question, and where its answer stands.</summary>
/// <param name="Question">As a person asks it.</param>
/// <param name="Document">The only document that is searched; null: all are.</param>
/// <param name="Holder">The document that answers; null: none does.</param>
/// <param name="Spans">Where it answers, in UTF-16 code units; empty where nothing does.</param>
internal sealed record AnswerCase(string Question, int? Document, int? Holder, IReadOnlyList<(int Start, int End)> Spans)
{
    /// <summary>Nobody asked it: words of a sentence stand for a question.</summary>
    public bool Guessed { get; init; }

    /// <summary>Whether a stretch of the answering document and what answers share at least half of the shorter of them.</summary>
    public bool IsAnsweredBy(int document, int start, int end) =>
        document == Holder && Spans.Any(x => 2 * (Math.Min(end, x.End) - Math.Max(start, x.Start)) >= Math.Min(end - start, x.End - x.Start));
}
