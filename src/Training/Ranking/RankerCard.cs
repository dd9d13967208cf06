using Tessera.Training.Data;

namespace Tessera.Training.Ranking;

/// <summary>What a ranker was fitted on.</summary>
internal sealed record RankerCard() : Card("ranker")
{
    /// <summary>Questions of the held-back lines that it was fitted on, each with its candidates.</summary>
    public required int Questions { get; init; }

    /// <summary>nDCG@10 of these candidates before and after, on the questions that it was fitted on.</summary>
    public required double Before { get; init; }

    public required double After { get; init; }

    public required IReadOnlyList<TrainingSource> Sources { get; init; }

    /// <summary>The sets whose passages were searched too, and how many each has.</summary>
    public required IReadOnlyDictionary<string, int> Passages { get; init; }

    public required IReadOnlyList<TrainingInput> Files { get; init; }
}
