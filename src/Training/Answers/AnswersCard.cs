using Tessera.Training.Data;

namespace Tessera.Training.Answers;

/// <summary>What a file of answers was fitted on.</summary>
internal sealed record AnswersCard() : Card("answers")
{
    /// <summary>Questions of the held-back lines that their documents answer.</summary>
    public required int Answered { get; init; }

    /// <summary>Questions that they do not.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Questions that nobody asked: words of a sentence.</summary>
    public required int Guessed { get; init; }

    /// <summary>How often an answered question was held likelier answered than an unanswered one, on those that it was fitted on.</summary>
    public required double Auc { get; init; }

    public required IReadOnlyList<TrainingSource> Sources { get; init; }

    public required IReadOnlyList<TrainingInput> Files { get; init; }
}
