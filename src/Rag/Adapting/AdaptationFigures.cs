using Tessera.Rag.Evaluation;

namespace Tessera.Rag.Adapting;

/// <summary>How adapted models find beside those that are in use: nDCG@10 of the same questions over the same passages; left in use, right adapted.</summary>
/// <param name="Headings">Headings that were held out, asked for what stands below them.</param>
/// <param name="Questions">The administrator's own questions; null where there are none that a passage answers.</param>
public sealed record AdaptationFigures(MeasureComparison Headings, MeasureComparison? Questions)
{
    /// <summary>A gain that is likelier than this by chance counts for nothing.</summary>
    public const double MostChance = 0.05;

    // Less is rounding.
    private const double Least = 1e-9;

    /// <summary>Adapted models are used only where this holds: headings gain, not by chance, and the administrator's own questions lose nothing.</summary>
    /// <param name="tried">How many adapted sets were checked: who tries often must be surer.</param>
    public bool Win(int tried) => Headings.Difference > Least && Headings.P < MostChance / tried && Questions is null or { Difference: >= -Least };

    /// <summary>The place of those that win most, the first of equals; null where none wins.</summary>
    public static int? Best(IReadOnlyList<AdaptationFigures> tried) =>
        tried.Index().Where(x => x.Item.Win(tried.Count)).OrderByDescending(x => x.Item.Headings.Difference).Select(x => (int?)x.Index).FirstOrDefault();
}
