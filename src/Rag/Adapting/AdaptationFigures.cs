using Tessera.Rag.Evaluation;

namespace Tessera.Rag.Adapting;

/// <summary>How adapted models find beside those that are in use: nDCG@10 of the same questions over the same passages; left in use, right adapted.</summary>
/// <param name="Headings">Headings that were held out, asked for what stands below them.</param>
/// <param name="Questions">The administrator's own questions; null where there are none that a passage answers.</param>
public sealed record AdaptationFigures(MeasureComparison Headings, MeasureComparison? Questions)
{
    /// <summary>A gain that is likelier than this by chance counts for nothing.</summary>
    public const double MostChance = 0.05;

    /// <summary>Adapted models are used only where this holds: headings gain, not by chance, and the administrator's own questions lose nothing.</summary>
    public bool Win => Headings is { Difference: > 0, P: < MostChance } && Questions is null or { Difference: >= -Rounding };

    private const double Rounding = 1e-9;
}
