using System.CommandLine;
using System.Text.Json;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Data;
using Tessera.Training.Translation;

namespace Tessera.Unit.Training.Translation;

public sealed class TranslationCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-translation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Model_and_card_are_written_and_equal_input_makes_equal_bytes()
    {
        var pairs = Write("pairs.jsonl", "Who pays?", "Who pays?");
        Assert.Equal(0, await RunAsync(pairs, "one/model.t1m"));
        Assert.Equal(0, await RunAsync(pairs, "two/model.t1m"));
        foreach (var file in new[] { "model.t1m", "model.t1m.card.json" })
        {
            Assert.Equal(await BytesAsync("one/" + file), await BytesAsync("two/" + file));
        }

        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder, "one")).Length);
        var card = JsonDocument.Parse(await BytesAsync("one/model.t1m.card.json")).RootElement;
        Assert.Equal("translation", card.GetProperty("kind").GetString());
        Assert.Equal(7, card.GetProperty("seed").GetInt64());
        Assert.Equal(2, card.GetProperty("sources")[0].GetProperty("lines").GetInt32());
        Assert.Equal("CC0", card.GetProperty("sources")[0].GetProperty("licence").GetString());
        Assert.Equal("pairs.jsonl", card.GetProperty("files")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Part_of_a_legal_question_that_names_the_agreement_is_not_learned()
    {
        await RunAsync(Write("pairs.jsonl", "In the Zebra Lease: Who pays?", "In the Zebra Lease: Who pays?"), "model.t1m");
        var model = await TranslationModel.ReadAsync(
            Path.Combine(_folder, "model.t1m"), TextAnalyzer.For(TextAnalysis.Prose), TestContext.Current.CancellationToken);
        Assert.Contains(Term.KeyOf("pai"), model.QuestionWords);
        Assert.DoesNotContain(Term.KeyOf("zebra"), model.QuestionWords);
    }

    [Fact]
    public async Task Pair_without_a_side_is_named_and_nothing_is_written()
    {
        var fault = await Assert.ThrowsAsync<TrainingDataException>(() => RunAsync(Write("pairs.jsonl", "Who pays?", ""), "model.t1m"));
        Assert.Contains("pairs.jsonl, line 2", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "model.t1m")));
    }

    [Fact]
    public async Task Too_few_pairs_are_told() =>
        Assert.Contains("Nothing was learned", (await Assert.ThrowsAsync<TrainingDataException>(() => RunAsync(Write("pairs.jsonl", "Who pays?"), "model.t1m"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Unknown_domain_is_a_wrong_call() =>
        Assert.NotEmpty(TranslationCommand.Create().Parse(["--domain", "cooking", "--pairs", "x", "--out", "y"]).Errors);

    private string Write(string name, params string[] questions)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, questions.Select(question => JsonSerializer.Serialize(
            new { kind = "qa", source = "Ours", licence = "CC0", question, answer = "The tenant pays the rent.", evidence = (string[])["The tenant pays the rent."] })));
        return path;
    }

    private Task<int> RunAsync(string pairs, string target) => TranslationCommand.Create()
        .Parse(["--domain", "legal", "--pairs", pairs, "--out", Path.Combine(_folder, target), "--seed", "7"])
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);

    private Task<byte[]> BytesAsync(string file) => File.ReadAllBytesAsync(Path.Combine(_folder, file), TestContext.Current.CancellationToken);
}
