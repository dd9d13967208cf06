namespace Tessera.Training.Adapting;

/// <summary>How models are adapted to a tenant. The defaults are measured.</summary>
internal sealed record AdaptationSettings
{
    /// <summary>What the translation model said before counts as if each of its passage words had been seen so often.</summary>
    public double Trust { get; init; } = 20;

    /// <summary>Batches that the embedder learns from at least: few pairs are seen more often than many.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>How often the embedder sees every pair at least.</summary>
    public int LeastEpochs { get; init; } = 4;

    /// <summary>And at most: a handful of pairs is known by heart before.</summary>
    public int MostEpochs { get; init; } = 100;

    /// <summary>The embedder's greatest step.</summary>
    public float Rate { get; init; } = 5e-3f;

    /// <summary>The greatest step of an embedder that begins anew.</summary>
    public float AnewRate { get; init; } = 2e-3f;

    /// <summary>How far rows go from where they were to where learning took them, 0 to 1: on the way they keep what they knew (Wortsman and others, 2022).</summary>
    public float Way { get; init; } = 0.5f;

    /// <summary>Most words that get a row of their own beside those that have one.</summary>
    public int MostNewWords { get; init; } = 16_384;

    /// <summary>Texts that a new word must be in, at first; raised until the new words are few enough.</summary>
    public int LeastTexts { get; init; } = 3;

    /// <summary>Same seed, same bytes.</summary>
    public ulong Seed { get; init; } = 1;
}
