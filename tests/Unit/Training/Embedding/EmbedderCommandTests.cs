using System.Text.Json;
using Tessera.Inference.Static;
using Tessera.Training.Data;
using Tessera.Training.Embedding;

namespace Tessera.Unit.Training.Embedding;

public sealed class EmbedderCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-embedder-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Command_writes_a_model_with_its_card_and_nothing_else()
    {
        var pairs = Path.Combine(folder, "pairs.jsonl");
        File.WriteAllLines(pairs, Toy.Lines.Select(x => JsonSerializer.Serialize(x, JsonSerializerOptions.Web)));
        var corpus = Directory.CreateDirectory(Path.Combine(folder, "set")).FullName;
        File.WriteAllText(Path.Combine(corpus, "corpus.jsonl"), """{"_id":"1","title":"Rent","text":"The tenant pays rent."}""");
        File.WriteAllText(Path.Combine(corpus, "meta.json"), """{"licence":"CC0"}""");
        var outs = Directory.CreateDirectory(Path.Combine(folder, "out")).FullName;
        var model = Path.Combine(outs, "legal.bin");

        string[] call = ["--domain", "legal", "--pairs", pairs, "--corpus", corpus, "--out", model, "--dim", "16", "--epochs", "1"];
        Assert.Equal(0, await EmbedderCommand.Create().Parse(call).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(["legal.bin", "legal.bin.card.json"], Directory.EnumerateFiles(outs).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var embedder = StaticEmbedder.Load(model, 16);
        using var card = JsonDocument.Parse(File.ReadAllText(model + ".card.json"));
        Assert.Equal(embedder.Sha256, card.RootElement.GetProperty("sha256").GetString());
        Assert.Equal(new FileInfo(model).Length, card.RootElement.GetProperty("bytes").GetInt64());
        Assert.Equal(
            ["toy none 144", "set/corpus.jsonl CC0 1"],
            card.RootElement.GetProperty("sources").EnumerateArray().Select(x => $"{x.GetProperty("source")} {x.GetProperty("licence")} {x.GetProperty("lines")}"));
        Assert.DoesNotContain(folder, card.RootElement.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dim", "100")]
    [InlineData("--dim", "0")]
    [InlineData("--epochs", "-1")]
    [InlineData("--domain", "cooking")]
    public void Wrong_call_is_told(string option, string value) =>
        Assert.NotEmpty(EmbedderCommand.Create().Parse(["--pairs", "a", "--out", "b", .. option == "--domain" ? [] : (string[])["--domain", "code"], option, value]).Errors);

    [Fact]
    public void No_pair_is_a_refusal() =>
        Assert.Throws<TrainingDataException>(() => TrainingTexts.Gather([new TrainingLine { Kind = "text", Text = "Alone." }], [], 1));
}
