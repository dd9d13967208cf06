using Tessera.Inference.Static;
using Tessera.Rag;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Data;
using Tessera.Training.Embedding;
using Tessera.Training.Translation;

namespace Tessera.Training.Ranking;

/// <summary>The models whose signals a ranker weighs, learned without what the ranker is fitted on.</summary>
internal static class LowerModels
{
    public static DomainModels Learn(DomainProfile profile, IReadOnlyList<TrainingLine> lines, IReadOnlyList<TitledText> passages, CancellationToken cancellationToken) => new()
    {
        Translation = Translation(profile, lines, cancellationToken),
        Embedder = Embedder(profile, lines, passages, cancellationToken),
    };

    private static TranslationModel Translation(DomainProfile profile, IEnumerable<TrainingLine> lines, CancellationToken cancellationToken)
    {
        var (analyzer, recipe) = (TextAnalyzer.For(profile.Analysis), TranslationRecipe.For(profile.Analysis));
        var words = new PairWords(analyzer, recipe.LengthPower);
        foreach (var line in lines.Where(x => x.Passage.Length > 0))
        {
            words.Add(AskedText.Of(line, analyzer), line.Passage);
        }

        return TranslationModel.Read(TranslationTrainer.Train(words, recipe, null, cancellationToken), analyzer);
    }

    private static DomainEmbedder Embedder(DomainProfile profile, IReadOnlyList<TrainingLine> lines, IReadOnlyList<TitledText> passages, CancellationToken cancellationToken)
    {
        var settings = new EmbedderSettings { Domain = profile.Id };
        var texts = TrainingTexts.Gather(lines, passages, settings.Seed);
        var model = new EmbedderTraining(settings.For(texts), new Silence()).Learn(texts, checkpointPath: null, cancellationToken);
        return DomainEmbedder.Of(StaticModelFile.Write(model), profile.Id, StaticEmbedder.Load);
    }

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
