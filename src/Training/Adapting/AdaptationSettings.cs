namespace Tessera.Training.Adapting;

/// <summary>How models are adapted to a tenant. The defaults are measured.</summary>
internal sealed record AdaptationSettings
{
    /// <summary>What the translation model said before counts as if each of its passage words had been seen so often.</summary>
    public double Trust { get; init; } = 20;

    /// <summary>How often the embedder sees every pair.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>The embedder's greatest step.</summary>
    public float Rate { get; init; } = 2e-3f;

    /// <summary>Most words that get a row of their own beside those that have one.</summary>
    public int MostNewWords { get; init; } = 16_384;

    /// <summary>Texts that a new word must be in, at first; raised until the new words are few enough.</summary>
    public int LeastTexts { get; init; } = 3;

    /// <summary>Same seed, same bytes.</summary>
    public ulong Seed { get; init; } = 1;
}
