using System.Text.Json.Serialization;

namespace Tessera.Rag.Evaluation;

/// <summary>How a run of answers went.</summary>
/// <param name="Scores">What it reached.</param>
/// <param name="Misses">The questions that were answered wrongly, in their order.</param>
public sealed record AnswerReport(AnswerScores Scores, IReadOnlyList<AnswerMiss> Misses);

/// <summary>A question that was answered wrongly.</summary>
/// <param name="Id">The query's id; of questions of one's own their line.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Expected">What would have been right, any of them; empty: a refusal.</param>
/// <param name="What"><see cref="Refused"/>, <see cref="Answered"/> or <see cref="Elsewhere"/>.</param>
/// <param name="Answer">What was said; null: it was refused.</param>
public sealed record AnswerMiss(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("question")] string Question,
    [property: JsonPropertyName("expected")] IReadOnlyList<string> Expected,
    [property: JsonPropertyName("what")] string What,
    [property: JsonPropertyName("answer")] string? Answer)
{
    /// <summary>Refused, and the documents answer it.</summary>
    public const string Refused = "refused";

    /// <summary>Answered, and no document answers it.</summary>
    public const string Answered = "answered";

    /// <summary>Answered, and what it rests on does not hold the answer.</summary>
    public const string Elsewhere = "elsewhere";
}
