using System.Globalization;
using System.Text.Json;
using Tessera.Host.Cli;

namespace Tessera.Integration.Cli;

public sealed class EvalRetrievalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-eval-").FullName;

    public EvalRetrievalTests()
    {
        File.WriteAllLines(Path.Combine(_folder, "corpus.jsonl"), [
            """{"_id":"a","title":"Insulin","text":"Store the pen in a refrigerator.","doc":"one"}""",
            """{"_id":"b","title":"","text":"The pen is blue, and another pen is red.","doc":"two"}""",
            """{"_id":"c","title":"","text":"Nothing of it.","doc":"two"}""",
        ]);
        File.WriteAllLines(Path.Combine(_folder, "queries.jsonl"), [
            """{"_id":"1","text":"How is the insulin pen stored?","doc":"one"}""",
            """{"_id":"2","text":"Which pen is red?","doc":"one"}""",
            """{"_id":"3","text":"pen"}""",
        ]);
        File.WriteAllText(Path.Combine(_folder, "qrels.tsv"), "query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t2\n3\tc\t0\n");
    }

    private string RunFile => Path.Combine(_folder, "run.trec");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Folder_is_measured_and_the_run_written()
    {
        var (exit, output, errors) = await CommandRun.RunAsync("eval", "retrieval", _folder, "--domain", "medical", "--run", RunFile, "--json");
        Assert.True(exit == ExitCode.Ok, errors);
        var scores = JsonDocument.Parse(output).RootElement;
        Assert.Equal(
            ["ndcg10", "recall10", "recall100", "mrr10", "queries", "msP50", "msP99"], scores.EnumerateObject().Select(x => x.Name));
        Assert.Equal([1, 1, 1, 1, 2], scores.EnumerateObject().Take(5).Select(x => x.Value.GetDouble()));
        var lines = (await File.ReadAllLinesAsync(RunFile, TestContext.Current.CancellationToken)).Select(x => x.Split(' ')).ToList();
        Assert.Equal(["1 Q0 a 1", "1 Q0 b 2", "2 Q0 b 1", "2 Q0 a 2", "3 Q0 b 1", "3 Q0 a 2"], lines.Select(x => string.Join(' ', x[..4])));
        Assert.All(lines, x => Assert.True(double.Parse(x[4], CultureInfo.InvariantCulture) > 0));
    }

    [Fact]
    public async Task Scope_and_top_limit_the_search()
    {
        var (exit, output, errors) = await CommandRun.RunAsync(
            "eval", "retrieval", _folder, "--domain", "medical", "--run", RunFile, "--scoped", "--top", "1", "--json");
        Assert.True(exit == ExitCode.Ok, errors);
        Assert.Equal(.5, JsonDocument.Parse(output).RootElement.GetProperty("recall10").GetDouble());
        var lines = (await File.ReadAllLinesAsync(RunFile, TestContext.Current.CancellationToken)).Select(x => x.Split(' ')[2]);
        Assert.Equal(["a", "a", "b"], lines);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_named()
    {
        await File.AppendAllTextAsync(Path.Combine(_folder, "corpus.jsonl"), "{\"_id\":\n", TestContext.Current.CancellationToken);
        await FailsAsync("corpus.jsonl, line 4", "eval", "retrieval", _folder, "--domain", "medical");
        await FailsAsync("There is no domain 'nobody'. There are: ", "eval", "retrieval", _folder, "--domain", "nobody");
        await FailsAsync("There is no folder", "eval", "retrieval", _folder + "x", "--domain", "medical");
        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("eval", "retrieval", _folder, "--domain", "medical", "--top", "0")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("eval", "retrieval", _folder)).ExitCode);
    }

    [Theory]
    [InlineData("qrels.tsv", "1\tz\t1", "qrels.tsv, line 1: there is no passage 'z' in corpus.jsonl")]
    [InlineData("qrels.tsv", "9\ta\t1", "qrels.tsv, line 1: there is no question '9' in queries.jsonl")]
    [InlineData("qrels.tsv", "1\ta", "qrels.tsv, line 1: not a query, a passage and a whole number")]
    [InlineData("queries.jsonl", "[]", "queries.jsonl, line 1: it is no JSON object")]
    [InlineData("queries.jsonl", "{\"_id\":\"1\"}", "queries.jsonl, line 1: 'text' is missing")]
    [InlineData("queries.jsonl", "{\"_id\":\"1\",\"text\":\"a\"}\n{\"_id\":\"1\",\"text\":\"b\"}", "two lines of queries.jsonl have the _id '1'")]
    [InlineData("corpus.jsonl", "{\"_id\":\"a\",\"text\":\"a\"}\n{\"_id\":\"a\",\"text\":\"b\"}", "two lines of corpus.jsonl have the _id 'a'")]
    public async Task Broken_line_is_named(string file, string content, string words)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, file), content, TestContext.Current.CancellationToken);
        await FailsAsync(words, "eval", "retrieval", _folder, "--domain", "medical");
    }

    [Fact]
    public async Task File_that_is_no_gzip_is_named()
    {
        File.Move(Path.Combine(_folder, "corpus.jsonl"), Path.Combine(_folder, "corpus.jsonl.gz"));
        await FailsAsync("corpus.jsonl.gz, behind line 0: it is not gzip", "eval", "retrieval", _folder, "--domain", "medical");
    }

    private static async Task FailsAsync(string words, params string[] args)
    {
        var (exit, _, errors) = await CommandRun.RunAsync(args);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }
}
