namespace Tessera.Inference.Llama.Engine;

/// <summary>How the next token is drawn.</summary>
internal sealed record SamplingOptions
{
    /// <summary>0: always the likeliest.</summary>
    public float Temperature { get; init; }

    /// <summary>Only so many of the likeliest; 0: all.</summary>
    public int TopK { get; init; }

    /// <summary>Only the likeliest that have this share of the probability together; 1: all.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Taken off a token's score for each time it was written.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Taken off a token's score once it was written.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>The same seed draws the same tokens from the same scores; null: chance.</summary>
    public long? Seed { get; init; }
}
