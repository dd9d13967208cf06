namespace Tessera.Training.Embedding;

/// <summary>How an embedder is learned. The defaults are measured; what changes the result is part of the checkpoint's key.</summary>
internal sealed record EmbedderSettings
{
    /// <summary>How often every pair is seen where nobody says otherwise.</summary>
    public const int UsualEpochs = 6;

    /// <summary>Fewer different questions than this can be learned by heart.</summary>
    public const int FewQuestions = 1000;

    /// <summary>Id of the domain; goes into the card.</summary>
    public required string Domain { get; init; }

    /// <summary>Width of a vector: a multiple of 16.</summary>
    public int Dimensions { get; init; } = 256;

    /// <summary>How often every pair is seen.</summary>
    public int Epochs { get; init; } = UsualEpochs;

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
    public float Temperature { get; init; } = 0.07f;

    /// <summary>Share of a text's words and runs that a step does not see, others in each: what is learned must not hang on a few.</summary>
    public float Hidden { get; init; } = 0.4f;

    /// <summary>The greatest step.</summary>
    public float Rate { get; init; } = 2e-3f;

    /// <summary>Steps until the rate is reached.</summary>
    public int WarmUp { get; init; } = 50;

    /// <summary>
    /// Size of the rows that learning starts from: root mean square of a number in them. Steps have a size of their own, so the smaller the start
    /// the more is learned from pairs, and the less is kept of what the texts themselves tell.
    /// </summary>
    public float StartSize { get; init; } = 0.005f;

    /// <summary>Whether names are cut at case, underscore and digits.</summary>
    public bool SplitsIdentifiers { get => field || Domain == "code"; init; }

    /// <summary>Threads that work; never changes the result.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The same for texts with so few different questions that learning them well means learning them by heart.</summary>
    public EmbedderSettings For(TrainingTexts texts) => texts.Questions >= FewQuestions ? this : this with { StartSize = 0.05f, Temperature = 0.2f };

    /// <summary>All that changes the result, as a line.</summary>
    public string Key => FormattableString.Invariant(
        $"2 {Domain} {Dimensions} {Epochs} {Seed} {Budget} {Buckets} {LeastTexts} {GramWeight} {Batch} {Temperature} {Hidden} {Rate} {WarmUp} {StartSize}");
}
