using System.Numerics.Tensors;
using Tessera.Inference.Static;
using Tessera.Training.Embedding;

namespace Tessera.Training.Adapting;

/// <summary>
/// Goes on learning an embedder from where it is: its rows with their rarity in them, and a row of zeros for each word of the tenant's that it does
/// not know, so that it begins as the embedder that it was.
/// </summary>
internal sealed class EmbedderAdaptation(AdaptationSettings settings, IProgress<string> progress)
{
    /// <summary>The adapted embedder; on the same texts always the same.</summary>
    /// <param name="known">What it goes on from.</param>
    /// <param name="texts">What to learn from.</param>
    /// <param name="share">Told the share of the epochs done, 0 to 1.</param>
    /// <param name="cancellationToken">Looked at all the time.</param>
    public StaticModel Learn(StaticModel known, TrainingTexts texts, IProgress<double>? share, CancellationToken cancellationToken)
    {
        var how = How(known, texts);
        ulong[] words = [.. known.Words.Concat(NewWords(known, texts, how, cancellationToken)).Order()];
        progress.Report($"{texts.Passages} texts, {texts.Pairs.Count} pairs, {words.Length - known.Words.Length} new words");
        var (start, learned) = (Rows(known, words), new LearnedTable(Rows(known, words)));
        var sparse = SparseTexts.Read(texts.Texts, new WordTable(words), how, cancellationToken);
        new ContrastiveStage(how, progress).Learn(learned, sparse, [.. texts.Pairs], null, cancellationToken, share);
        Lerp(learned.Table, start);
        var even = new float[words.Length + known.Buckets];
        Array.Fill(even, 1);
        return RoundedTable.Of(learned.Table, words, even, how);
    }

    /// <summary>An embedder of the same shape that learned from the tenant's texts alone.</summary>
    /// <inheritdoc cref="Learn"/>
    public StaticModel LearnAnew(StaticModel known, TrainingTexts texts, IProgress<double>? share, CancellationToken cancellationToken) =>
        new EmbedderTraining(How(known, texts) with { Rate = settings.AnewRate }, progress).Learn(texts, null, cancellationToken, share);

    private EmbedderSettings How(StaticModel known, TrainingTexts texts)
    {
        var how = new EmbedderSettings
        {
            Domain = "", Dimensions = known.Dimensions, Buckets = known.Buckets, SplitsIdentifiers = known.SplitsIdentifiers, Rate = settings.Rate, Seed = settings.Seed,
        };
        return how with { Epochs = Math.Clamp(settings.Steps / Math.Max(1, texts.Pairs.Count / how.Batch), settings.LeastEpochs, settings.MostEpochs) };
    }

    private void Lerp(DenseMatrix table, DenseMatrix start)
    {
        // In one piece; both are as large.
        TensorPrimitives.Subtract(table.All, start.All, table.All);
        TensorPrimitives.MultiplyAdd(table.All, settings.Way, start.All, table.All);
    }

    private List<ulong> NewWords(StaticModel known, TrainingTexts texts, EmbedderSettings how, CancellationToken cancellationToken)
    {
        var whole = texts.Texts.Take(texts.Passages).ToList();
        for (var least = settings.LeastTexts; ; least *= 2)
        {
            var words = Vocabulary.Choose(whole, int.MaxValue, how with { LeastTexts = least }, cancellationToken)
                .Where(word => Array.BinarySearch(known.Words, word) < 0).ToList();
            if (words.Count <= settings.MostNewWords)
            {
                return words;
            }
        }
    }

    private static DenseMatrix Rows(StaticModel known, ulong[] words)
    {
        var table = new DenseMatrix(words.Length + known.Buckets, known.Dimensions);
        for (var row = 0; row < table.Rows; row++)
        {
            var place = row < words.Length ? Array.BinarySearch(known.Words, words[row]) : row - words.Length + known.Words.Length;
            if (place >= 0)
            {
                QuantizedRow.AddTo(table[row], known.Rows.AsSpan(place * known.Dimensions, known.Dimensions), known.Scales[place]);
            }
        }

        return table;
    }
}
