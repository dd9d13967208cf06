namespace Tessera.Training.Ranking;

/// <summary>A question, and which passages answer it.</summary>
/// <param name="Question">As a person asks it.</param>
/// <param name="Answers">Whether a passage's text does.</param>
internal sealed record RankingCase(string Question, Func<string, bool> Answers)
{
    /// <summary>Key of the only document that is searched; null: all are.</summary>
    public string? Within { get; init; }

    /// <summary>Nobody asked it: a sentence of a passage stands for a question.</summary>
    public bool Guessed { get; init; }
}
