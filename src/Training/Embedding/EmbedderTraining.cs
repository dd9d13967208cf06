using Tessera.Inference.Static;

namespace Tessera.Training.Embedding;

/// <summary>
/// Learns a table of rows from texts and pairs: rows start where the texts differ most, then every pair is pulled together and pushed from
/// the other pairs of its batch, then the rows are rounded to bytes.
/// </summary>
/// <param name="settings">How.</param>
/// <param name="progress">Takes a line now and then.</param>
internal sealed class EmbedderTraining(EmbedderSettings settings, IProgress<string> progress)
{
    /// <summary>Learns; on the same texts and settings always the same bytes.</summary>
    /// <param name="texts">What to learn from.</param>
    /// <param name="checkpointPath">Where to keep what was learned so far, or null.</param>
    /// <param name="cancellationToken">Looked at all the time; what the last whole epoch learned stays in the checkpoint.</param>
    /// <param name="share">Told the share of the epochs done, 0 to 1; null: nobody.</param>
    public StaticModel Learn(TrainingTexts texts, string? checkpointPath, CancellationToken cancellationToken, IProgress<double>? share = null)
    {
        var whole = texts.Texts.Take(texts.Passages).ToList();
        var words = Vocabulary.Choose(whole, MostWords, settings, cancellationToken);
        progress.Report($"{texts.Passages} texts, {texts.Pairs.Count} pairs, {words.Length} words, {settings.Buckets} buckets");
        var sparse = SparseTexts.Read(texts.Texts, new WordTable(words), settings, cancellationToken);
        var rarity = Rarity(sparse, words.Length, texts.Passages);
        sparse.Weigh(rarity);

        var checkpoint = checkpointPath is null ? null : new Checkpoint(checkpointPath, Checkpoint.Key(texts, settings));
        var learned = checkpoint?.Read(rarity.Length, settings.Dimensions);
        if (learned is null)
        {
            progress.Report("where the texts differ most");
            learned = new LearnedTable(SubspaceStart.Find(sparse.Normalized(texts.Passages), rarity.Length, settings, cancellationToken));
            checkpoint?.Write(learned);
        }
        else
        {
            progress.Report($"goes on after epoch {learned.Epochs}");
        }

        new ContrastiveStage(settings, progress).Learn(learned, sparse, [.. texts.Pairs], checkpoint, cancellationToken, share);
        return RoundedTable.Of(learned.Table, words, rarity, settings);
    }

    private int MostWords => (int)Math.Max(
        0, (settings.Budget - StaticModelFile.Length(settings.Dimensions, 0, settings.Buckets))
            / (StaticModelFile.Length(settings.Dimensions, 1, 0) - StaticModelFile.Length(settings.Dimensions, 0, 0)));

    private float[] Rarity(SparseTexts sparse, int words, int texts)
    {
        var rarity = new float[words + settings.Buckets];
        foreach (var (row, count) in sparse.TextsWith(rarity.Length, texts).Index())
        {
            // A bucket that no text touches has learned nothing: it stays silent.
            rarity[row] = count == 0 ? 0 : MathF.Log((texts + 1) / (count + 0.5f)) * (row < words ? 1 : settings.GramWeight);
        }

        return rarity;
    }
}
