using System.Runtime.InteropServices;

namespace Tessera.Rag.Retrieval.Translation;

/// <summary>
/// The mean share of each word over the passages of a collection, passages without the word counted as zero: what is
/// usual. Fill it from every passage, or from enough of them drawn evenly; not safe for
/// concurrent use while it is filled.
/// </summary>
/// <param name="lengthPower">That of the model: <see cref="TranslationModel.LengthPower"/>.</param>
public sealed class MeanShares(double lengthPower)
{
    private readonly Dictionary<ulong, double> _sums = [];

    /// <summary>How many passages were added.</summary>
    public int Passages { get; private set; }

    /// <summary>The mean share of a word; 0 where no passage has it.</summary>
    public double this[ulong word] => _sums.TryGetValue(word, out var sum) ? sum / Passages : 0;

    /// <summary>Counts a passage in.</summary>
    public void Add(IReadOnlyList<WordCount> passage)
    {
        ArgumentNullException.ThrowIfNull(passage);
        Passages++;
        var divisor = PassageShare.Divisor(passage, lengthPower);
        foreach (var (word, count) in passage)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_sums, word, out _) += PassageShare.Mass(count) / divisor;
        }
    }
}
