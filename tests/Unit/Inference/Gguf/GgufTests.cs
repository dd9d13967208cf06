using Tessera.Inference;
using Tessera.Inference.Gguf;
using Tessera.Inference.Llama.Native;

namespace Tessera.Unit.Inference.Gguf;

public sealed class GgufTests(Fixtures fixtures) : IClassFixture<Fixtures>
{
    [Theory]
    [MemberData(nameof(Fixtures.Families), MemberType = typeof(Fixtures))]
    public void Model_of_each_family_passes_and_says_what_it_is(string family)
    {
        var (card, shape) = (ModelCard.Read(fixtures.Model(family)), RandomModelShape.Tiny[family]);
        Assert.Equal((shape.Architecture, shape.Width, shape.Context), (card.Architecture, card.Width, card.ContextTokens));
        Assert.Equal(shape.Pooling switch { null => ModelRole.Chat, 4 => ModelRole.Reranker, _ => ModelRole.Embedding }, card.Role);
        Assert.True(card.Parameters > 10_000);
    }

    [Theory]
    [MemberData(nameof(Fixtures.Families), MemberType = typeof(Fixtures))]
    public void Whatever_is_missing_is_named(string family)
    {
        var file = GgufFile.Read(fixtures.Model(family));
        foreach (var left in file.Tensors.Where(tensor => tensor.Name is not ("output.weight" or "token_types.weight") && !tensor.Name.StartsWith("cls", StringComparison.Ordinal) && !tensor.Name.EndsWith("gate_exps.weight", StringComparison.Ordinal)))
        {
            var failure = Assert.Throws<ModelException>(() => GgufValidator.Check(Without(file, left.Name)));
            Assert.Equal(ModelFault.BadFile, failure.Fault);
            Assert.Contains(left.Name, failure.Message, StringComparison.Ordinal);
        }

        string[] needed = ["context_length", "embedding_length", "block_count", "feed_forward_length", "attention.head_count"];
        foreach (var key in needed.Select(key => $"{file.Text("general.architecture")}.{key}").Concat(["general.architecture", "tokenizer.ggml.model", "tokenizer.ggml.tokens", "tokenizer.ggml.token_type"]))
        {
            Assert.Throws<ModelException>(() => GgufValidator.Check(WithoutKey(file, key)));
        }
    }

    [Fact]
    public void Real_model_passes()
    {
        var card = ModelCard.Read(SharedData.Require("models/stories260K/stories260K.gguf"));
        Assert.Equal(("llama", 64, 128, 512, null, ModelRole.Chat), (card.Architecture, card.Width, card.ContextTokens, card.Vocabulary, card.ChatTemplate, card.Role));
    }

    [Fact]
    public void Hostile_files_are_refused_with_a_reason()
    {
        var files = Directory.GetFiles(SharedData.Require("badinput/gguf/own"));
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            Assert.Equal(ModelFault.BadFile, Assert.Throws<ModelException>(() => ModelCard.Read(file)).Fault);
        }
    }

    [Theory]
    [MemberData(nameof(Fixtures.Families), MemberType = typeof(Fixtures))]
    public void Mutant_is_read_or_refused_and_nothing_else(string family)
    {
        var original = File.ReadAllBytes(fixtures.Model(family));
        var header = (int)(original.Length - GgufFile.Read(fixtures.Model(family)).Tensors.Sum(tensor => tensor.Bytes));
        var path = fixtures.New();
        var refused = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            File.WriteAllBytes(path, Mutants.Make(original, header, seed));
            try
            {
                ModelCard.Read(path);
            }
            catch (ModelException failure)
            {
                Assert.Equal(ModelFault.BadFile, failure.Fault);
                refused++;
            }
        }

        Assert.InRange(refused, 20, 150);
    }

    [Fact]
    public void Adapter_fits_its_own_base_alone()
    {
        var adapter = fixtures.New();
        RandomModel.WriteAdapter(adapter, fixtures.Model("llama-bpe"), 4, 1);
        Assert.True(ModelCard.Read(adapter).IsAdapter);
        ModelCard.CheckAdapter(adapter, fixtures.Model("llama-bpe"));
        var wide = fixtures.Model("wide", new RandomModelShape { Width = 128 });
        foreach (var other in (string[])[wide, fixtures.Model("qwen3"), fixtures.Model("bert")])
        {
            Assert.Equal(ModelFault.WrongAdapter, Assert.Throws<ModelException>(() => ModelCard.CheckAdapter(adapter, other)).Fault);
        }

        Assert.Equal(ModelFault.WrongAdapter, Assert.Throws<ModelException>(() => ModelCard.CheckAdapter(wide, wide)).Fault);
    }

    [Theory]
    [MemberData(nameof(Fixtures.Families), MemberType = typeof(Fixtures))]
    public void Engine_loads_what_passes(string family)
    {
        Assert.SkipUnless(File.Exists(Path.Combine(NativeEngine.Folder, NativeRelease.Llama)), "llama.cpp's libraries are not built in: npm is missing.");
        using var model = ModelHandle.Load(fixtures.Model(family), LoadMode.Read);
        Assert.True(new VocabularyHandle(model).Tokenize("a text of words", addSpecial: true, parseSpecial: false).Length > 2);
    }

    private static GgufFile Without(GgufFile file, string tensor) => new(Values(file), [.. file.Tensors.Where(item => item.Name != tensor)], file.Bytes);

    private static GgufFile WithoutKey(GgufFile file, string key) => new(Values(file).Where(pair => pair.Key != key).ToDictionary(), file.Tensors, file.Bytes);

    private static Dictionary<string, object> Values(GgufFile file) =>
        file.Keys.ToDictionary(key => key, object (key) => (object?)file.Number(key) ?? (object?)file.Text(key) ?? (object?)file.List(key) ?? file.Real(key)!);
}
