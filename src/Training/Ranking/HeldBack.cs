using Tessera.Rag.Retrieval.Analysis;
using Tessera.Training.Data;

namespace Tessera.Training.Ranking;

/// <summary>
/// Splits what there is to learn from: a ranker is fitted on questions that the models below it never saw, or it would trust them too much. All
/// lines of one document fall to one side.
/// </summary>
internal static class HeldBack
{
    private const int Share = 3;

    /// <summary>Whether a ranker is fitted on the line.</summary>
    public static bool Has(TrainingLine line) => Has(line.Title.Length > 0 ? line.Title : line.Question);

    /// <summary>Whether a ranker is fitted on a passage that nobody asked about.</summary>
    public static bool Has(string text) => Term.KeyOf(text) % Share == 0;
}
