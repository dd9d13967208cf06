using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Data;
using Tessera.Training.Translation;

namespace Tessera.Training.Adapting;

/// <summary>Goes on learning a translation model from what it says.</summary>
internal static class TranslationAdaptation
{
    /// <summary>The bytes of the adapted model; on the same lines always the same.</summary>
    public static byte[] Learn(
        TranslationModel known, TextAnalysis analysis, IReadOnlyList<TrainingLine> lines, AdaptationSettings settings, CancellationToken cancellationToken)
    {
        var analyzer = TextAnalyzer.For(analysis);
        var words = new PairWords(analyzer, known.LengthPower);
        foreach (var line in lines)
        {
            words.Add(AskedText.Of(line, analyzer), line.Passage);
        }

        return TranslationTrainer.Train(
            words, TranslationRecipe.For(analysis) with { LengthPower = known.LengthPower }, null, cancellationToken, new KnownTranslation(known, settings.Trust));
    }
}
