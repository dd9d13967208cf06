using Tessera.Rag.Adapting;

namespace Tessera.Host.Adapting;

/// <summary>What a run came to. Closed.</summary>
/// <param name="Learned">Headings that were learned from.</param>
/// <param name="Rated">Useful answers that were learned from.</param>
/// <param name="Figures">Of the check.</param>
internal abstract record AdaptationResult(int Learned, int Rated, AdaptationFigures Figures)
{
    /// <param name="Learned">Headings that were learned from.</param>
    /// <param name="Rated">Useful answers that were learned from.</param>
    /// <param name="Figures">Of the check.</param>
    /// <param name="Made">Folder with the models, in the run's own.</param>
    /// <param name="EmbedderKey">The adapted embedder's; null: the package's stays.</param>
    internal sealed record Won(int Learned, int Rated, AdaptationFigures Figures, string Made, string? EmbedderKey) : AdaptationResult(Learned, Rated, Figures);

    /// <param name="Learned">Headings that were learned from.</param>
    /// <param name="Rated">Useful answers that were learned from.</param>
    /// <param name="Figures">Of the check.</param>
    /// <param name="Reason">Why, in words for the administrator.</param>
    internal sealed record Lost(int Learned, int Rated, AdaptationFigures Figures, string Reason) : AdaptationResult(Learned, Rated, Figures);
}
