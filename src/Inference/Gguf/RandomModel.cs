using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tessera.Inference.Gguf;

/// <summary>Writes models and adapters with random weights: for measuring speed and for tests, never for answers.</summary>
public static class RandomModel
{
    /// <summary>Writes a model of a shape; the same seed gives the same file.</summary>
    public static void Write(string path, RandomModelShape shape, int seed)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var writer = new GgufWriter();
        var architecture = Gguf.Architecture.All[shape.Architecture];
        WriteKeys(writer, shape, architecture);
        var vocabulary = new RandomVocabulary(shape.Tokenizer, shape.Vocabulary);
        WriteVocabulary(writer, shape, vocabulary);
        var sizes = Sizes(shape, vocabulary.Tokens.Count);
        var random = new Random(seed);
        foreach (var rule in architecture.Tensors.Where(rule => Wants(rule, shape)))
        {
            for (var layer = 0; layer < (rule.Place == TensorPlace.One ? 1 : shape.Layers); layer++)
            {
                var name = rule.Place == TensorPlace.One ? rule.Name : $"blk.{layer}.{rule.Name}";
                var size = rule.Shape.Split(',').Select(part => part.Split('+').Sum(letter => sizes.Of(letter[0]))).ToArray();
                Add(writer, name, size, rule.Name == "token_embd.weight" ? shape.Embeddings : shape.Weights, random);
            }
        }

        writer.Save(path);
    }

    /// <summary>Writes a LoRA adapter for the attention of a model.</summary>
    public static void WriteAdapter(string path, string model, int rank, int seed)
    {
        var file = GgufFile.Read(model);
        var random = new Random(seed);
        var writer = new GgufWriter();
        writer.Text("general.type", "adapter");
        writer.Text("general.architecture", file.Text("general.architecture") ?? "");
        writer.Text("adapter.type", "lora");
        writer.Real("adapter.lora.alpha", 2 * rank);
        foreach (var tensor in file.Tensors.Where(tensor => tensor.Name.EndsWith("attn_q.weight", StringComparison.Ordinal) || tensor.Name.EndsWith("attn_v.weight", StringComparison.Ordinal)))
        {
            Add(writer, tensor.Name + ".lora_a", [tensor.Shape[0], rank], "F32", random);
            Add(writer, tensor.Name + ".lora_b", [rank, tensor.Shape[1]], "F32", random);
        }

        writer.Save(path);
    }

    private static bool Wants(TensorRule rule, RandomModelShape shape) =>
        (!rule.IsOptional || rule.Name is "ffn_gate_exps.weight" or "token_types.weight" || (shape.Pooling == 4 && rule.Name.StartsWith("cls", StringComparison.Ordinal)))
        && (rule.Place != TensorPlace.Expert || shape.Experts > 0) && (rule.Place != TensorPlace.Dense || shape.Experts == 0);

    private static ModelSizes Sizes(RandomModelShape shape, int vocabulary)
    {
        var key = shape.KeyLength > 0 ? shape.KeyLength : shape.Width / shape.Heads;
        return new ModelSizes(shape.Width, shape.FeedForward, shape.Heads, shape.KvHeads, key, key, key, shape.Layers, shape.Context, vocabulary, shape.Experts, TokenTypes: 2, Classes: 1);
    }

    private static void WriteKeys(GgufWriter writer, RandomModelShape shape, Architecture architecture)
    {
        var name = shape.Architecture;
        writer.Text("general.architecture", name);
        writer.Text("general.name", $"random weights {shape.Layers} x {shape.Width}");
        writer.Number($"{name}.context_length", (uint)shape.Context);
        writer.Number($"{name}.embedding_length", (uint)shape.Width);
        writer.Number($"{name}.block_count", (uint)shape.Layers);
        writer.Number($"{name}.feed_forward_length", (uint)shape.FeedForward);
        writer.Number($"{name}.attention.head_count", (uint)shape.Heads);
        writer.Number($"{name}.attention.head_count_kv", (uint)shape.KvHeads);
        foreach (var epsilon in architecture.Keys.Where(key => key.EndsWith("epsilon", StringComparison.Ordinal)))
        {
            writer.Real($"{name}.{epsilon}", 1e-5f);
        }

        if (shape.KeyLength > 0)
        {
            writer.Number($"{name}.attention.key_length", (uint)shape.KeyLength);
            writer.Number($"{name}.attention.value_length", (uint)shape.KeyLength);
        }

        if (shape.Experts > 0)
        {
            writer.Number($"{name}.expert_count", (uint)shape.Experts);
            writer.Number($"{name}.expert_used_count", (uint)Math.Min(2, shape.Experts));
        }

        if (shape.Pooling is { } pooling)
        {
            writer.Number($"{name}.pooling_type", (uint)pooling);
        }
    }

    private static void WriteVocabulary(GgufWriter writer, RandomModelShape shape, RandomVocabulary vocabulary)
    {
        writer.Text("tokenizer.ggml.model", vocabulary.Kind);
        if (vocabulary.Kind == "gpt2")
        {
            writer.Text("tokenizer.ggml.pre", shape.Architecture.StartsWith("qwen", StringComparison.Ordinal) ? "qwen2" : "llama-bpe");
            writer.Texts("tokenizer.ggml.merges", vocabulary.Merges);
        }

        writer.Texts("tokenizer.ggml.tokens", [.. vocabulary.Tokens.Select(token => token.Text)]);
        writer.Numbers("tokenizer.ggml.token_type", [.. vocabulary.Tokens.Select(token => token.Type)]);
        if (vocabulary.Kind == "llama")
        {
            writer.Reals("tokenizer.ggml.scores", [.. vocabulary.Tokens.Select((token, id) => token.Type == 1 ? token.Text.Length - (id * 1e-6f) : 0f)]);
        }

        writer.Number("tokenizer.ggml.bos_token_id", (uint)vocabulary.Begin);
        writer.Number("tokenizer.ggml.eos_token_id", (uint)vocabulary.End);
        if (vocabulary.Kind == "bert")
        {
            writer.Number("tokenizer.ggml.seperator_token_id", (uint)vocabulary.Separator);
            writer.Number("tokenizer.ggml.token_type_count", 2);
        }

        if (shape.ChatTemplate is { } template)
        {
            writer.Text("tokenizer.chat_template", template);
        }
    }

    private static void Add(GgufWriter writer, string name, long[] shape, string type, Random random)
    {
        var isMatrix = shape.Length > 1;
        var stored = TensorType.All.Values.First(known => known.Name == (isMatrix ? type : "F32"));
        // Rows that no block divides are stored plainly.
        stored = shape[0] % stored.BlockWeights == 0 ? stored : TensorType.All[0];
        var spread = name == "token_embd.weight" ? .08f : 1 / MathF.Sqrt(shape[0]);
        writer.Tensor(name, shape, stored, part => Fill(part, stored, isMatrix, spread, random, name));
    }

    private static void Fill(Span<byte> part, TensorType type, bool isMatrix, float spread, Random random, string name)
    {
        if (type.Name == "F32")
        {
            foreach (ref var weight in MemoryMarshal.Cast<byte, float>(part))
            {
                // Norms multiply, biases add; matrices are drawn evenly with the spread that keeps signals as strong as they came.
                weight = isMatrix ? ((random.NextSingle() * 2) - 1) * spread * 1.73f : name.EndsWith("bias", StringComparison.Ordinal) ? 0 : 1;
            }

            return;
        }

        random.NextBytes(part);
        // Nibbles spread by 4.6 around 8, bytes by 74 around 0: the scale brings both to the spread that is wanted.
        var scale = BitConverter.HalfToUInt16Bits((Half)(spread / (type.Name == "Q4_0" ? 4.6f : 74f)));
        for (var block = 0; block < part.Length; block += type.BlockBytes)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(part[block..], scale);
        }
    }
}
