namespace Tessera.Inference.Gguf;

/// <summary>The sizes that a model's header gives. Read with the bounds beyond which the engine dies.</summary>
internal sealed record ModelSizes(
    long Width, long FeedForward, long Heads, long KvHeads, long KeyLength, long ValueLength, long Rope, long Layers, long Context, long Vocabulary, long Experts, long TokenTypes, long Classes)
{
    private const int MostLayers = 512;
    private const int MostExperts = 512;

    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/>: a size is missing or cannot be.</exception>
    public static ModelSizes Read(GgufFile file, string architecture)
    {
        var width = Required("embedding_length", 1, 1 << 20);
        var heads = Required("attention.head_count", 1, 1024);
        var sizes = new ModelSizes(
            width,
            Required("feed_forward_length", 1, 1 << 24),
            heads,
            Optional("attention.head_count_kv", heads, 1, 1024),
            Optional("attention.key_length", width / heads, 1, 4096),
            Optional("attention.value_length", width / heads, 1, 4096),
            Optional("rope.dimension_count", Optional("attention.key_length", width / heads, 1, 4096), 2, 4096),
            Required("block_count", 1, MostLayers),
            Required("context_length", 8, 1 << 28),
            file.List("tokenizer.ggml.tokens") is { OfStrings: true, Count: >= 8 } tokens ? tokens.Count : throw Bad("its vocabulary is missing"),
            Optional("expert_count", 0, 0, MostExperts),
            file.Number("tokenizer.ggml.token_type_count") ?? 0,
            file.List($"{architecture}.classifier.output_labels")?.Count ?? 1);
        sizes.Check(file, architecture);
        return sizes;

        long Required(string key, long least, long most) => file.Number($"{architecture}.{key}") is { } value
            ? InRange(key, value, least, most)
            : throw Bad($"the key '{architecture}.{key}' is missing or no whole number");

        long Optional(string key, long otherwise, long least, long most) => file.Has($"{architecture}.{key}") ? Required(key, least, most) : otherwise;

        long InRange(string key, long value, long least, long most) => value >= least && value <= most
            ? value
            : throw Bad($"the key '{architecture}.{key}' is {value}, beyond {least} to {most}");
    }

    /// <summary>A size by its letter in the table of architectures.</summary>
    public long Of(char letter) => letter switch
    {
        'E' => Width,
        'F' => FeedForward,
        'Q' => Heads * KeyLength,
        'K' => KvHeads * KeyLength,
        'U' => KvHeads * ValueLength,
        'H' => KeyLength,
        'V' => Vocabulary,
        'C' => Context,
        'X' => Experts,
        'T' => TokenTypes,
        'L' => Classes,
        'R' => Rope / 2,
        _ => throw new InvalidOperationException($"The table of architectures holds the letter {letter}."),
    };

    private void Check(GgufFile file, string architecture)
    {
        Require(Heads % KvHeads == 0, "its heads are no multiple of its KV heads");
        Require(KeyLength == ValueLength, "its keys and values are of different length");
        Require(KeyLength % 2 == 0, "its keys are of odd length");
        Require(file.Has($"{architecture}.attention.key_length") || Width % Heads == 0, "its width is no multiple of its heads");
        Require(Rope % 2 == 0 && Rope <= KeyLength, "its rope dimensions do not fit its keys");
        Require(architecture == "phi3" || Rope == KeyLength, "its rope dimensions are not those of its keys");
        var used = file.Number($"{architecture}.expert_used_count");
        Require(Experts == 0 ? used is null or 0 : used is >= 1 && used <= Experts, "the experts that it uses are missing or more than it has");
        foreach (var key in (string[])["expert_group_count", "expert_group_used_count", "nextn_predict_layers", "expert_shared_feed_forward_length"])
        {
            Require(file.Number($"{architecture}.{key}") is null or 0, $"it uses '{key}', which is not run");
        }

        Require(
            file.Text($"{architecture}.rope.scaling.type") is null or "none" or "linear" or "yarn" or "longrope",
            "its way of scaling positions is not known");
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw Bad(problem);
        }
    }

    private static ModelException Bad(string problem) => new(ModelFault.BadFile, $"The file is no model that can be run: {problem}.");
}
