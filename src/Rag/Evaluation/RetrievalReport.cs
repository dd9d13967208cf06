using System.Text.Json.Serialization;
using Tessera.Rag.Retrieval;

namespace Tessera.Rag.Evaluation;

/// <summary>How a retrieval run went.</summary>
/// <param name="Scores">What it reached.</param>
/// <param name="Misses">The questions of which no relevant passage is among the first 10, in their order.</param>
public sealed record RetrievalReport(RetrievalScores Scores, IReadOnlyList<RetrievalMiss> Misses)
{
    /// <summary>The same questions in another setup; null where none was asked for.</summary>
    public SetupComparison? Comparison { get; init; }
}

/// <summary>A question whose relevant passages came late or not at all.</summary>
/// <param name="Id">The query's id; of questions of one's own their line.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Relevant">What should have come.</param>
/// <param name="Rank">Where the first of them came, from 1; null: not at all.</param>
/// <param name="First">What came first instead; null: nothing.</param>
public sealed record RetrievalMiss(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("question")] string Question,
    [property: JsonPropertyName("relevant")] IReadOnlyList<string> Relevant,
    [property: JsonPropertyName("rank")] int? Rank,
    [property: JsonPropertyName("first")] string? First);

/// <summary>Two setups on the same questions.</summary>
/// <param name="Left">The run's own.</param>
/// <param name="Right">What it is compared with.</param>
/// <param name="RightScores">What that reached.</param>
/// <param name="Measures">One by one.</param>
public sealed record SetupComparison(RetrievalSetup Left, RetrievalSetup Right, RetrievalScores RightScores, IReadOnlyList<MeasureComparison> Measures);
