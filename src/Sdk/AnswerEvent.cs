namespace Tessera.Sdk;

/// <summary>
/// One step of an answer's stream. Order: <see cref="SourcesFound"/>, then <see cref="TextDelta"/> and
/// <see cref="SentenceChecked"/>, then exactly one of <see cref="Completed"/> and <see cref="Refused"/>. Immutable.
/// </summary>
public abstract record AnswerEvent
{
    private AnswerEvent()
    {
    }

    /// <summary>The passages that the answer will rest on, best first.</summary>
    public sealed record SourcesFound(IReadOnlyList<Passage> Passages) : AnswerEvent;

    /// <summary>More text, appended to what came before.</summary>
    public sealed record TextDelta(string Text) : AnswerEvent;

    /// <summary>A sentence is complete and has its citations and verdict.</summary>
    public sealed record SentenceChecked(int Index, AnswerSentence Sentence, IReadOnlyList<Citation> Citations, Verdict Verdict)
        : AnswerEvent;

    /// <summary>The end: answered.</summary>
    public sealed record Completed(Answer Answer) : AnswerEvent;

    /// <summary>The end: not enough evidence.</summary>
    public sealed record Refused(Answer Answer) : AnswerEvent;
}
