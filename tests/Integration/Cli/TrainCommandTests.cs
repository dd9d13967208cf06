namespace Tessera.Integration.Cli;

public sealed class TrainCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-train-").FullName;

    [Fact]
    public async Task Translation_model_and_its_card_are_learned_by_the_program_beside_the_host()
    {
        var pairs = Path.Combine(folder, "pairs.jsonl");
        await File.WriteAllLinesAsync(
            pairs,
            Enumerable.Range(0, 20).Select(i => $$"""{"kind":"qa","source":"own","licence":"CC0","title":"T{{i}}","question":"Who shares data {{i % 3}}?","answer":"We disclose records {{i % 5}}."}"""),
            TestContext.Current.CancellationToken);
        var model = Path.Combine(folder, "translation.model");
        var (exitCode, output, errors) = await CommandRun.RunAsync("train", "translation", "--domain", "legal", "--pairs", pairs, "--out", model);
        Assert.True(exitCode == 0, errors);
        Assert.Contains("entries", output, StringComparison.Ordinal);
        Assert.True(new FileInfo(model).Length > 0);
        Assert.Contains("CC0", await File.ReadAllTextAsync(model + ".card.json", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--pairs", "translation", "--domain", "code")]
    [InlineData(1, "nowhere.jsonl is missing", "translation", "--domain", "code", "--pairs", "nowhere.jsonl", "--out", "x.model")]
    [InlineData(1, "nowhere.jsonl is missing", "ranker", "--domain", "code", "--pairs", "nowhere.jsonl", "--out", "x.json")]
    public async Task What_is_wrong_is_told_with_the_programs_own_words_and_exit_code(int code, string words, params string[] args)
    {
        var (exitCode, _, errors) = await CommandRun.RunAsync(["train", .. args]);
        Assert.Equal(code, exitCode);
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
