namespace Tessera.Rag.Retrieval.Translation;

/// <summary>How promises are weighed. The defaults were measured best on law, medicine and code together.</summary>
public sealed record TranslationSettings
{
    /// <summary>The share of a question word that any passage explains; above 0, below 1. Greater: one strong promise counts for less beside many weak ones.</summary>
    public double Smoothing { get; init; } = 0.3;

    /// <summary>What the question's own words count 0 to 1, beside the promises.</summary>
    public double Own { get; init; } = 0.3;
}
