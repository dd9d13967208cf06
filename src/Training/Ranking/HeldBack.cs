using Tessera.Rag.Retrieval.Analysis;
using Tessera.Training.Data;

namespace Tessera.Training.Ranking;

/// <summary>
/// Splits what there is to learn from: a ranker is fitted on questions that the models below it never saw, or it would trust them too much. All
/// lines of one document fall to one side. Where a question is asked of every document, these models have not seen its wording either.
/// </summary>
internal static class HeldBack
{
    private const int Share = 3;

    /// <summary>Whether a ranker is fitted on the line.</summary>
    public static bool Has(TrainingLine line) => line.Kind == "text" || (IsAskedOfMany(line) ? Has(Wording(line)) : Has(line.Title.Length > 0 ? line.Title : line.Question));

    /// <summary>Whether the models below a ranker are learned from the line.</summary>
    public static bool Leaves(TrainingLine line) => IsAskedOfMany(line) ? !Has(Wording(line)) : !Has(line);

    /// <summary>Whether a ranker is fitted on a passage that nobody asked about.</summary>
    public static bool Has(string text) => Term.KeyOf(text) % Share == 0;

    private static bool IsAskedOfMany(TrainingLine line) => line.Kind != "text" && NamingPart.LengthIn(line.Question) > 0;

    private static string Wording(TrainingLine line) => NamingPart.Without(line.Question).ToString();
}
