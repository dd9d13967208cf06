namespace Tessera.Inference.Gguf;

/// <summary>A model to be written with random weights: for measuring and testing, never for answers.</summary>
public sealed record RandomModelShape
{
    /// <summary>Family, as the table of architectures names it.</summary>
    public string Architecture { get; init; } = "llama";

    /// <summary>Layers.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Length of a token's vector.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Length within the feed-forward part.</summary>
    public int FeedForward { get; init; } = 128;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Heads whose keys and values are kept.</summary>
    public int KvHeads { get; init; } = 2;

    /// <summary>Length of a head's keys; 0: width by heads.</summary>
    public int KeyLength { get; init; }

    /// <summary>Experts; 0: none.</summary>
    public int Experts { get; init; }

    /// <summary>Tokens that it reads.</summary>
    public int Context { get; init; } = 512;

    /// <summary>Tokens that it knows.</summary>
    public int Vocabulary { get; init; } = 1024;

    /// <summary>Kind of its vocabulary: <c>gpt2</c>, <c>llama</c> or <c>bert</c>.</summary>
    public string Tokenizer { get; init; } = "gpt2";

    /// <summary>How its matrices are stored: <c>F32</c>, <c>Q4_0</c> or <c>Q8_0</c>.</summary>
    public string Weights { get; init; } = "F32";

    /// <summary>How its embeddings are stored.</summary>
    public string Embeddings { get; init; } = "F32";

    /// <summary>How a text's vector is made, as llama.cpp counts (1 mean, 2 first, 3 last, 4 rank); null: it writes text.</summary>
    public int? Pooling { get; init; }

    /// <summary>Its chat template; null: none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>134 million weights, the shape of SmolLM2 135M: Q4_0, embeddings Q8_0.</summary>
    public static RandomModelShape M135 { get; } = new()
    {
        Layers = 30, Width = 576, FeedForward = 1536, Heads = 9, KvHeads = 3, Context = 8192, Vocabulary = 49_152, Weights = "Q4_0", Embeddings = "Q8_0",
    };

    /// <summary>1.2 billion weights, the shape of Llama 3.2 1B: Q4_0.</summary>
    public static RandomModelShape B1 { get; } = new()
    {
        Layers = 16, Width = 2048, FeedForward = 8192, Heads = 32, KvHeads = 8, Context = 8192, Vocabulary = 128_256, Weights = "Q4_0", Embeddings = "Q4_0",
    };

    /// <summary>A small one of each family that is run, by a name of ours.</summary>
    public static IReadOnlyDictionary<string, RandomModelShape> Tiny { get; } = new Dictionary<string, RandomModelShape>
    {
        ["llama-bpe"] = new(),
        ["llama-spm"] = new() { Tokenizer = "llama" },
        ["mixtral"] = new() { Tokenizer = "llama", Experts = 4 },
        ["phi3"] = new() { Architecture = "phi3", Tokenizer = "llama" },
        ["gemma2"] = new() { Architecture = "gemma2", Tokenizer = "llama", KeyLength = 32 },
        ["gemma3"] = new() { Architecture = "gemma3", Tokenizer = "llama", KeyLength = 32 },
        ["qwen2"] = new() { Architecture = "qwen2" },
        ["qwen3"] = new() { Architecture = "qwen3", KeyLength = 32 },
        ["qwen3-embedding"] = new() { Architecture = "qwen3", KeyLength = 32, Pooling = 3 },
        ["bert"] = new() { Architecture = "bert", Tokenizer = "bert", KvHeads = 4, Pooling = 1 },
        ["nomic-bert"] = new() { Architecture = "nomic-bert", Tokenizer = "bert", KvHeads = 4, Pooling = 1 },
        ["bert-reranker"] = new() { Architecture = "bert", Tokenizer = "bert", KvHeads = 4, Pooling = 4 },
    };
}
