using System.Text.Json.Serialization;

namespace Tessera.Host.Answers;

/// <summary>
/// One step of an answer, as it is made: sources first, then text and sentences, then exactly one of
/// <see cref="Completed"/> and <see cref="Refused"/>. Closed, immutable.
/// </summary>
internal abstract record AnswerStep
{
    private AnswerStep()
    {
    }

    /// <summary>The passages that the answer will rest on, best first.</summary>
    internal sealed record Sources(IReadOnlyList<PassageView> Passages) : AnswerStep;

    /// <summary>More text, appended to what came before.</summary>
    internal sealed record Delta(string Text) : AnswerStep;

    /// <summary>A sentence is whole.</summary>
    /// <param name="Index">0-based.</param>
    /// <param name="Start">Offset in the answer's text, UTF-16 code units.</param>
    /// <param name="Citations">Indexes into the citations of the answer that ends the stream.</param>
    /// <param name="Passed">Whether all checks of the domain passed.</param>
    /// <param name="Reason">Why not.</param>
    internal sealed record Sentence(
        int Index,
        int Start,
        int End,
        IReadOnlyList<int> Citations,
        bool Passed,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason) : AnswerStep;

    /// <summary>The end: answered.</summary>
    internal sealed record Completed(AnswerView Answer) : AnswerStep;

    /// <summary>The end: not enough evidence.</summary>
    internal sealed record Refused(AnswerView Answer) : AnswerStep;
}
