using System.Text.Json;
using Tessera.Host.Cli;

namespace Tessera.Integration.Cli;

public sealed class EvalAnswersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-eval-").FullName;

    public EvalAnswersTests()
    {
        File.WriteAllLines(Path.Combine(_folder, "corpus.jsonl"), [
            """{"_id":"a","title":"Insulin","text":"A pen in use is kept below 30 degrees. Unused pens belong in the refrigerator.","doc":"one"}""",
            """{"_id":"b","title":"","text":"The walking study lasted twelve weeks. It had two groups.","doc":"two"}""",
        ]);
        File.WriteAllLines(Path.Combine(_folder, "queries.jsonl"), [
            """{"_id":"1","text":"Where do unused pens belong?","doc":"one"}""",
            """{"_id":"2","text":"How long did the walking study last?","doc":"two"}""",
            """{"_id":"3","text":"What is the capital of Mongolia?"}""",
        ]);
        File.WriteAllText(Path.Combine(_folder, "qrels.tsv"), "query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t1\n");
        File.WriteAllLines(Path.Combine(_folder, "answers.jsonl"), [
            """{"_id":"1","answers":["refrigerator"],"answerable":true,"doc":"one"}""",
            """{"_id":"2","answers":["12"],"answerable":true,"doc":"two","spans":[[0,38]]}""",
            """{"_id":"3","answers":[],"answerable":false}""",
        ]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Folder_is_measured()
    {
        var (exit, output, errors) = await CommandRun.RunAsync("eval", "answers", _folder, "--domain", "medical", "--json");
        Assert.True(exit == ExitCode.Ok, errors);
        var scores = JsonDocument.Parse(output).RootElement;
        Assert.Equal(
            [
                "em", "f1", "citationPrecision", "citationRecall", "goldInside", "refusalAuc", "refusalPrecision", "refusalRecall", "wronglyRefused",
                "verbatim", "queries", "unanswerable", "mostCitations", "longestAnswer", "msP50",
            ],
            scores.EnumerateObject().Select(x => x.Name));
        Assert.Equal(
            [1, 1, 1, 1, 1, 1, 0, 1, 2, 1],
            scores.EnumerateObject().Skip(2).Take(10).Select(x => x.Value.GetDouble()));
    }

    [Fact]
    public async Task What_cannot_be_measured_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "answers.jsonl"), "{\"_id\":\"1\"}\n", TestContext.Current.CancellationToken);
        await FailsAsync("answers.jsonl, line 1");
        File.Delete(Path.Combine(_folder, "answers.jsonl"));
        await FailsAsync("has no answers.jsonl");
    }

    private async Task FailsAsync(string words)
    {
        var (exit, _, errors) = await CommandRun.RunAsync("eval", "answers", _folder, "--domain", "medical");
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }
}
