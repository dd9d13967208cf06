using Tessera.Sdk;

namespace Tessera.Training.Translation;

/// <summary>How a translation model is learned; the defaults are those that were measured.</summary>
internal sealed record TranslationRecipe
{
    /// <summary>Rounds of expectation and maximisation.</summary>
    public int Rounds { get; init; } = 6;

    /// <summary>In how many questions, or passages, a word must stand to be learned.</summary>
    public int LeastSeen { get; init; } = 2;

    /// <summary>Of a long passage the first distinct words, so many.</summary>
    public int MostWords { get; init; } = 200;

    /// <summary>Added to what a passage word explained before it is divided by that: a rare word then promises less than one often seen.</summary>
    public double Damping { get; init; } = 1;

    /// <summary>
    /// By what power of its length a passage's words are thinned when it is scored. Code says one thing a line; of prose a long passage
    /// answers more: 0.6 instead of 1 gave nDCG@10 of .769 instead of .650 on medquad, and .337 instead of .372 on codenn.
    /// </summary>
    public double LengthPower { get; init; } = 1;

    /// <summary>Promises below it are dropped.</summary>
    public double LeastProbability { get; init; } = 0.001;

    /// <summary>
    /// The greatest promises of a question word that are kept: each costs time at every search. Of prose 100 are as good as all (cuad .845, medquad .822
    /// either way; reworded cuad .723 instead of .734); of code fewer than all cost .01 to .02 on every set.
    /// </summary>
    public int MostPromises { get; init; } = int.MaxValue;

    /// <summary>That of a domain.</summary>
    public static TranslationRecipe For(TextAnalysis analysis) => analysis == TextAnalysis.Code ? new() : new() { LengthPower = 0.6, MostPromises = 100 };
}
