namespace Tessera.Inference.Llama.Native;

/// <summary>What a context is made for.</summary>
/// <param name="Sequences">Texts that are read side by side.</param>
/// <param name="SequenceTokens">Tokens that each holds.</param>
/// <param name="BatchTokens">Most tokens of one call.</param>
/// <param name="MicroBatchTokens">Most tokens that are computed together.</param>
/// <param name="Threads">Threads that compute.</param>
internal sealed record ContextShape(int Sequences, int SequenceTokens, int BatchTokens, int MicroBatchTokens, int Threads)
{
    /// <summary>True: vectors are wanted, not the next token.</summary>
    public bool Embeddings { get; init; }

    /// <summary>How a text's vector is made; null: as the model says.</summary>
    public Pooling? Pooling { get; init; }
}

/// <summary><c>llama_pooling_type</c>.</summary>
internal enum Pooling
{
    Unspecified = -1,
    None = 0,
    Mean = 1,
    Cls = 2,
    Last = 3,
    Rank = 4,
}

/// <summary>How a batch ended.</summary>
internal enum DecodeResult
{
    Done,

    /// <summary>No sequence was changed: there is no room for the batch.</summary>
    NoRoom,

    /// <summary>Ended early; a part of it may have been read.</summary>
    Aborted,

    /// <summary>A part of it may have been read.</summary>
    Failed,
}
