namespace Tessera.Training.Embedding;

/// <summary>
/// Numbers that look random and depend on the seed alone, on every machine and in every release. For learning, never for secrets.
/// </summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        state += 0x9e3779b97f4a7c15;
        return Mixed(state);
    }

    /// <summary>A number that looks unrelated to the given one, always the same.</summary>
    public static ulong Mixed(ulong number)
    {
        var z = number;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from zero, below the limit.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>-1 to 1, evenly.</summary>
    public float Even() => ((Next() >> 40) / (float)(1 << 23)) - 1;

    /// <summary>Puts the items in another order.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
