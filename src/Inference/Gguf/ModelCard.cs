namespace Tessera.Inference.Gguf;

/// <summary>What a model file says of itself, from its header alone. Immutable.</summary>
public sealed record ModelCard
{
    /// <summary>Family, as llama.cpp names it.</summary>
    public required string Architecture { get; init; }

    /// <summary>Name that its makers gave it; null: none.</summary>
    public string? Name { get; init; }

    /// <summary>Licence that its makers name; null: none.</summary>
    public string? License { get; init; }

    /// <summary>What it can be used for.</summary>
    public required ModelRole Role { get; init; }

    /// <summary>True: a LoRA adapter. It has no sizes of its own then.</summary>
    public bool IsAdapter { get; init; }

    /// <summary>Weights.</summary>
    public long Parameters { get; init; }

    /// <summary>Bytes of the file.</summary>
    public long FileBytes { get; init; }

    /// <summary>How most of the weights are stored, as <c>Q4_K</c>.</summary>
    public string Quantisation { get; init; } = "";

    /// <summary>Tokens that it was made to read.</summary>
    public int ContextTokens { get; init; }

    /// <summary>Length of its vectors.</summary>
    public int Width { get; init; }

    /// <summary>Tokens that it knows.</summary>
    public int Vocabulary { get; init; }

    /// <summary>Bytes that one token of a prompt or a reply takes while it is held, at 16 bits a number.</summary>
    public long KvBytesPerToken { get; init; }

    /// <summary>Its chat template; null: none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Reads and checks a model's or an adapter's header.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/>.</exception>
    public static ModelCard Read(string path)
    {
        var file = GgufFile.Read(path);
        return GgufValidator.IsAdapter(file) ? OfAdapter(file) : OfModel(file, GgufValidator.Check(file));
    }

    /// <summary>Checks that an adapter fits a model.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.WrongAdapter"/>, or <see cref="ModelFault.BadFile"/>.</exception>
    public static void CheckAdapter(string adapter, string model) => GgufValidator.CheckAdapter(GgufFile.Read(adapter), GgufFile.Read(model));

    private static ModelCard OfAdapter(GgufFile file) => new()
    {
        Architecture = file.Text("general.architecture") ?? "",
        Name = file.Text("general.name"),
        License = file.Text("general.license"),
        Role = ModelRole.Chat,
        IsAdapter = true,
        FileBytes = file.Bytes,
        Parameters = Weights(file),
        Quantisation = MostUsed(file),
    };

    private static ModelCard OfModel(GgufFile file, ModelSizes sizes)
    {
        var architecture = file.Text("general.architecture")!;
        return new ModelCard
        {
            Architecture = architecture,
            Name = file.Text("general.name"),
            License = file.Text("general.license"),
            Role = RoleOf(file, architecture),
            Parameters = Weights(file),
            FileBytes = file.Bytes,
            Quantisation = MostUsed(file),
            ContextTokens = (int)Math.Min(int.MaxValue, sizes.Context),
            Width = (int)sizes.Width,
            Vocabulary = (int)sizes.Vocabulary,
            KvBytesPerToken = Gguf.Architecture.All[architecture].IsEncoder ? 0 : 2 * sizes.Layers * sizes.KvHeads * (sizes.KeyLength + sizes.ValueLength),
            ChatTemplate = file.Text("tokenizer.chat_template"),
        };
    }

    private static ModelRole RoleOf(GgufFile file, string architecture) => (file.Number($"{architecture}.pooling_type"), Gguf.Architecture.All[architecture].IsEncoder) switch
    {
        (4, _) => ModelRole.Reranker,
        (null or 0, false) => ModelRole.Chat,
        _ => ModelRole.Embedding,
    };

    private static long Weights(GgufFile file) => file.Tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (all, size) => all * size));

    private static string MostUsed(GgufFile file) => file.Tensors.GroupBy(tensor => tensor.Type.Name).MaxBy(group => group.Sum(tensor => tensor.Bytes))?.Key ?? "";
}
