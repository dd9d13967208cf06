namespace Tessera.Training.Embedding;

/// <summary>How an embedder is learned. The defaults are measured; what changes the result is part of the checkpoint's key.</summary>
internal sealed record EmbedderSettings
{
    /// <summary>Id of the domain; goes into the card.</summary>
    public required string Domain { get; init; }

    /// <summary>Width of a vector: a multiple of 16.</summary>
    public int Dimensions { get; init; } = 256;

    /// <summary>How often every pair is seen.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Same seed, same bytes.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most bytes of the file.</summary>
    public long Budget { get; init; } = 13_000_000;

    /// <summary>Buckets of runs of four letters.</summary>
    public int Buckets { get; init; } = 32_768;

    /// <summary>Texts that a word must be in.</summary>
    public int LeastTexts { get; init; } = 2;

    /// <summary>What a run of four letters counts beside a word.</summary>
    public float GramWeight { get; init; } = 0.5f;

    /// <summary>Pairs that are told apart at once.</summary>
    public int Batch { get; init; } = 384;

    /// <summary>Divides likeness: the smaller, the more the nearest wrong passage counts.</summary>
    public float Temperature { get; init; } = 0.05f;

    /// <summary>The greatest step.</summary>
    public float Rate { get; init; } = 2e-3f;

    /// <summary>Steps until the rate is reached.</summary>
    public int WarmUp { get; init; } = 50;

    /// <summary>Size of the rows that learning starts from: root mean square of a number in them.</summary>
    public float StartSize { get; init; } = 0.05f;

    /// <summary>Whether names are cut at case, underscore and digits.</summary>
    public bool SplitsIdentifiers { get => field || Domain == "code"; init; }

    /// <summary>Threads that work; never changes the result.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>All that changes the result, as a line.</summary>
    public string Key => FormattableString.Invariant(
        $"1 {Domain} {Dimensions} {Epochs} {Seed} {Budget} {Buckets} {LeastTexts} {GramWeight} {Batch} {Temperature} {Rate} {WarmUp} {StartSize}");
}
