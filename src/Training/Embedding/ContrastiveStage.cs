namespace Tessera.Training.Embedding;

/// <summary>Every pair is pulled together and pushed from the other pairs of its batch, all pairs once an epoch.</summary>
internal sealed class ContrastiveStage(EmbedderSettings settings, IProgress<string> progress)
{
    /// <summary>Goes on from where the table stands until all epochs are over.</summary>
    /// <param name="learned">The table; changed in place.</param>
    /// <param name="sparse">The texts that pairs name by their places.</param>
    /// <param name="pairs">One at least.</param>
    /// <param name="checkpoint">Keeps what each epoch but the last learned; null: nothing does.</param>
    /// <param name="cancellationToken">Looked at all the time; a table that was being changed is then worthless.</param>
    /// <param name="share">Told the share of the epochs done, 0 to 1; null: nobody.</param>
    public void Learn(LearnedTable learned, SparseTexts sparse, TextPair[] pairs, Checkpoint? checkpoint, CancellationToken cancellationToken, IProgress<double>? share = null)
    {
        var size = Math.Min(settings.Batch, pairs.Length);
        var batches = pairs.Length / size;
        var batch = new PairBatch(settings);
        var optimizer = new RowOptimizer(settings, learned);
        while (learned.Epochs < settings.Epochs)
        {
            var shuffled = pairs.ToArray();
            new SplitMix(settings.Seed + ((ulong)(learned.Epochs + 1) << 32)).Shuffle<TextPair>(shuffled);
            var loss = 0.0;
            for (var i = 0; i < batches; i++)
            {
                loss += batch.Measure(shuffled[(i * size)..((i + 1) * size)], sparse, learned.Table, new HiddenEntries(settings.Hidden, settings.Seed, learned.Steps), cancellationToken);
                optimizer.Step(batch, sparse, Rate(learned.Steps, batches * settings.Epochs), cancellationToken);
            }

            learned.Epochs++;
            share?.Report((double)learned.Epochs / settings.Epochs);
            progress.Report(FormattableString.Invariant($"epoch {learned.Epochs} of {settings.Epochs}: loss {loss / batches:0.0000}"));
            if (learned.Epochs < settings.Epochs)
            {
                checkpoint?.Write(learned);
            }
        }
    }

    private float Rate(int step, int steps) =>
        settings.Rate * Math.Min(1, (step + 1f) / settings.WarmUp) * (1 - ((float)step / steps));
}
