namespace Tessera.Training.Embedding;

/// <summary>Which entries of all texts one step does not see: always the same of a seed and a step. The default hides none.</summary>
/// <param name="share">How many of them, 0 to 1.</param>
/// <param name="seed">The training's seed.</param>
/// <param name="step">The step's number.</param>
internal readonly struct HiddenEntries(float share, ulong seed, int step)
{
    private readonly ulong _start = SplitMix.Mixed(seed ^ ((ulong)step << 24));
    private readonly ulong _below = (ulong)(share * uint.MaxValue);

    /// <summary>Whether the entry is hidden.</summary>
    public bool Has(int entry) => _below > 0 && SplitMix.Mixed(_start + (ulong)entry) >> 32 < _below;
}
