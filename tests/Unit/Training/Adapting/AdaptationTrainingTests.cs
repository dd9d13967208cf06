using System.CommandLine;
using System.Text.Json;
using Tessera.Inference.Static;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Adapting;
using Tessera.Training.Data;
using Tessera.Training.Embedding;
using Tessera.Training.Translation;
using Tessera.Unit.Training.Embedding;

namespace Tessera.Unit.Training.Adapting;

public sealed class AdaptationTrainingTests : IDisposable
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);
    private static readonly AdaptationSettings Settings = new() { Steps = 40, LeastTexts = 2 };
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-adapt-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Word_that_the_tenant_never_uses_promises_what_it_did()
    {
        var known = Translation(("cat", "chat"), ("dog", "chien"));
        var adapted = Adapt(known, ("bird", "oiseau"), ("bird", "oiseau"), ("cat", "greffier"), ("cat", "greffier"));
        Assert.Equal(known.PromisesOf(Key("dog")).ToArray(), adapted.PromisesOf(Key("dog")).ToArray());
        Assert.Contains(adapted.PromisesOf(Key("cat")).ToArray(), x => x.Word == Key("chat"));
        Assert.Contains(adapted.PromisesOf(Key("cat")).ToArray(), x => x.Word == Key("greffier"));
        Assert.Contains(adapted.PromisesOf(Key("bird")).ToArray(), x => x.Word == Key("oiseau"));
    }

    [Fact]
    public void The_more_a_model_is_trusted_the_less_a_tenant_changes_it()
    {
        var known = Translation(("cat", "chat"), ("dog", "chien"));
        (string, string)[] pairs = [.. Enumerable.Repeat(("dog", "chat"), 10)];
        float[] shares = [.. new[] { 1.0, 20, 400 }.Select(trust => Adapt(known, trust, pairs).PromisesOf(Key("cat")).ToArray().Single(x => x.Word == Key("chat")).Probability)];
        Assert.Equal(shares.Order(), shares);
        Assert.True(shares[2] > 0.9 * known.PromisesOf(Key("cat")).ToArray().Single(x => x.Word == Key("chat")).Probability);
    }

    [Fact]
    public void Embedder_that_goes_no_way_is_the_one_that_it_was()
    {
        var known = Embedder();
        var adapted = new EmbedderAdaptation(Settings with { Way = 0 }, new Silence()).Learn(known, Tenant, null, Token);
        var (before, after) = (new StaticEmbedder(known, "before"), new StaticEmbedder(adapted, "after"));
        foreach (var text in new[] { Toy.Question(1, 0), Toy.Passage(5, 2), "nothing that anybody knows" })
        {
            Assert.True(Likeness(Vector(before, text), Vector(after, text)) > 0.999, text);
        }
    }

    [Fact]
    public void Embedder_learns_the_tenants_pairs_and_keeps_the_old_ones()
    {
        var known = Embedder();
        var adapted = new EmbedderAdaptation(Settings, new Silence()).Learn(known, Tenant, null, Token);
        Assert.True(adapted.Words.Length > known.Words.Length);
        Assert.True(Found(adapted, "tenant") > Found(known, "tenant") + 0.3);
        Assert.True(Found(adapted, "") > Found(known, "") - 0.1);
        Assert.Equal(StaticModelFile.Write(adapted), StaticModelFile.Write(new EmbedderAdaptation(Settings, new Silence()).Learn(known, Tenant, null, Token)));
        Assert.True(Found(new EmbedderAdaptation(Settings, new Silence()).LearnAnew(known, Tenant, null, Token), "tenant") > 0.8);
    }

    [Fact]
    public async Task Command_writes_three_models_and_a_card_without_text_and_the_same_twice()
    {
        await WriteAsync();
        Assert.Equal(0, await RunAsync("one"));
        Assert.Equal(0, await RunAsync("two"));
        Assert.Equal(["anew.model", "card.json", "embedder.model", "translation.model"], Directory.EnumerateFiles(At("one")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in Directory.EnumerateFiles(At("one")))
        {
            Assert.Equal(await File.ReadAllBytesAsync(file, Token), await File.ReadAllBytesAsync(Path.Combine(At("two"), Path.GetFileName(file)), Token));
        }

        var card = await File.ReadAllTextAsync(At("one/card.json"), Token);
        Assert.DoesNotContain("what about", card, StringComparison.Ordinal);
        Assert.Equal(Toy.Lines.Count, JsonDocument.Parse(card).RootElement.GetProperty("pairs").GetInt32());
    }

    [Theory]
    [InlineData("embedder.model", "is no static embedder")]
    [InlineData("translation.model", "cannot be read")]
    public async Task Broken_base_is_named_and_nothing_is_written(string file, string problem)
    {
        await WriteAsync();
        await File.WriteAllTextAsync(At($"models/{file}"), "no model", Token);
        Assert.Contains(problem, (await Assert.ThrowsAsync<TrainingDataException>(() => RunAsync("out"))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public async Task Without_a_base_there_is_nothing_to_go_on_from()
    {
        await WriteAsync();
        Directory.Delete(At("models"), recursive: true);
        await Assert.ThrowsAsync<TrainingDataException>(() => RunAsync("out"));
    }

    private static TrainingTexts Tenant { get; } = TrainingTexts.Gather(
        [.. Toy.Lines.Select(line => line with { Question = "tenant " + Swapped(line.Question), Answer = Swapped(line.Answer) })], [], 1);

    // Words of the tenant's own: the toy's, spelled backwards.
    private static string Swapped(string text) => string.Join(' ', text.Split(' ').Select(word => word.Length == 7 ? new string([.. word.Reverse()]) : word));

    private static StaticModel Embedder() => new EmbedderTraining(Toy.Settings, new Silence()).Learn(Toy.Texts, null, Token);

    // The share of questions whose nearest passage is their topic's.
    private static double Found(StaticModel model, string whose)
    {
        var embedder = new StaticEmbedder(model, "any");
        var passages = Enumerable.Range(0, Toy.Topics).Select(topic => Vector(embedder, Text(Toy.Passage(topic, 0)))).ToList();
        return Enumerable.Range(0, Toy.Topics).Average(topic =>
            Vector(embedder, Text(Toy.Question(topic, 1))) is var question && passages.Index().MaxBy(x => Likeness(question, x.Item)).Index == topic ? 1.0 : 0);

        string Text(string text) => whose.Length > 0 ? Swapped(text) : text;
    }

    private static float[] Vector(StaticEmbedder embedder, string text)
    {
        var vector = new float[embedder.Dimensions];
        embedder.Embed(text, vector);
        return vector;
    }

    private static float Likeness(float[] one, float[] other) => System.Numerics.Tensors.TensorPrimitives.Dot<float>(one, other);

    private static ulong Key(string word) => Term.KeyOf(Analyzer.Terms(word)[0]);

    private static TranslationModel Translation(params (string Question, string Passage)[] pairs)
    {
        var words = new PairWords(Analyzer, 1);
        foreach (var (question, passage) in Enumerable.Repeat(pairs, 20).SelectMany(x => x))
        {
            words.Add(question, passage);
        }

        return TranslationModel.Read(TranslationTrainer.Train(words, new TranslationRecipe(), null, Token), Analyzer);
    }

    private static TranslationModel Adapt(TranslationModel known, params (string, string)[] pairs) => Adapt(known, 20, pairs);

    private static TranslationModel Adapt(TranslationModel known, double trust, params (string Question, string Answer)[] pairs) => TranslationModel.Read(
        TranslationAdaptation.Learn(
            known, TextAnalysis.Prose, [.. pairs.Select(x => new TrainingLine { Kind = "qa", Question = x.Question, Answer = x.Answer })], Settings with { Trust = trust }, Token),
        Analyzer);

    private async Task WriteAsync()
    {
        Directory.CreateDirectory(At("models"));
        await File.WriteAllBytesAsync(At("models/embedder.model"), StaticModelFile.Write(Embedder()), Token);
        var words = new PairWords(Analyzer, 1);
        foreach (var line in Toy.Lines)
        {
            words.Add(line.Question, line.Answer);
        }

        await File.WriteAllBytesAsync(At("models/translation.model"), TranslationTrainer.Train(words, new TranslationRecipe(), null, Token), Token);
        await File.WriteAllLinesAsync(At("pairs.jsonl"), Toy.Lines.Select(x => JsonSerializer.Serialize(new { kind = "qa", question = x.Question, answer = x.Answer })), Token);
        await File.WriteAllLinesAsync(At("passages.jsonl"), Toy.Lines.Select(x => JsonSerializer.Serialize(new { text = x.Answer })), Token);
    }

    private string At(string path) => Path.Combine(_folder, path);

    private Task<int> RunAsync(string to) => AdaptCommand.Create().Parse(
        ["--analysis", "prose", "--models", At("models"), "--pairs", At("pairs.jsonl"), "--corpus", At("passages.jsonl"), "--out", At(to)])
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, Token);

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
