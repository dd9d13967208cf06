using Tessera.Inference.Static;

namespace Tessera.Training.Embedding;

/// <summary>A learned table as the model that is written: rows of bytes, and what a byte of each is worth.</summary>
internal static class RoundedTable
{
    /// <param name="table">A row for each word, then one for each bucket.</param>
    /// <param name="words">Hashes, ascending.</param>
    /// <param name="rarity">What each row counts.</param>
    /// <param name="settings">Width, buckets, and how names are cut.</param>
    public static StaticModel Of(DenseMatrix table, ulong[] words, float[] rarity, EmbedderSettings settings)
    {
        var model = new StaticModel
        {
            Dimensions = settings.Dimensions,
            SplitsIdentifiers = settings.SplitsIdentifiers,
            Words = words,
            Buckets = settings.Buckets,
            Scales = new float[rarity.Length],
            Rows = new sbyte[rarity.Length * settings.Dimensions],
        };
        for (var row = 0; row < rarity.Length; row++)
        {
            model.Scales[row] = rarity[row] * QuantizedRow.Quantize(table[row], model.Rows.AsSpan(row * settings.Dimensions, settings.Dimensions));
        }

        return model;
    }
}
