using System.Text.Json;
using Tessera.Host.Cli;

namespace Tessera.Integration.Cli;

/// <summary>Documents and questions of one's own, as a curator has them: a folder of files and a line a question.</summary>
public sealed class EvalOwnFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-own-").FullName;

    public EvalOwnFolderTests()
    {
        var contracts = Directory.CreateDirectory(Path.Combine(_folder, "documents", "contracts")).FullName;
        File.WriteAllText(Path.Combine(contracts, "lease.txt"), "LEASE\n\n1. Rent. The rent is 1,250 euros per month.\n\n2. Deposit. The tenant pays a deposit of\nthree months' rent before moving in.\n");
        File.WriteAllText(Path.Combine(_folder, "documents", "notice.html"), "<h1>Notice</h1><p>Visitors register at the gate and carry a badge.</p>");
        Questions(
            """{"question": "How large is the deposit that the tenant pays?", "document": "contracts/lease.txt", "expect": "deposit of three MONTHS' rent"}""",
            "",
            """{"question": "What do visitors carry?", "document": "notice.html", "expect": "a badge"}""",
            """{"question": "Which football club won the championship in 1998?", "refuse": true}""");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Search_is_measured()
    {
        var scores = await JsonAsync("eval", "retrieval", _folder, "--domain", "legal", "--misses", "--json");
        Assert.Equal((1, 2), (scores.GetProperty("ndcg10").GetDouble(), scores.GetProperty("queries").GetInt32()));
        Assert.Equal(0, scores.GetProperty("misses").GetArrayLength());
    }

    [Fact]
    public async Task Answers_are_measured_and_misses_told_by_their_line()
    {
        var scores = await JsonAsync("eval", "answers", _folder, "--domain", "legal", "--misses", "--json");
        Assert.Equal((2, 1), (scores.GetProperty("queries").GetInt32(), scores.GetProperty("unanswerable").GetInt32()));
        Assert.Equal((1, 1, 1), (scores.GetProperty("goldInside").GetDouble(), scores.GetProperty("refusalRecall").GetDouble(), scores.GetProperty("verbatim").GetDouble()));
        Assert.Equal(0, scores.GetProperty("misses").GetArrayLength());

        Questions(
            """{"question": "How large is the deposit that the tenant pays?", "document": "contracts/lease.txt", "expect": "1,250 euros"}""",
            """{"question": "What do visitors carry at the gate?", "refuse": true}""",
            """{"question": "Which football club won the championship?", "document": "notice.html", "expect": "a badge"}""");
        var (exit, output, errors) = await CommandRun.RunAsync("eval", "answers", _folder, "--domain", "legal", "--misses");
        Assert.True(exit == ExitCode.Ok, errors);
        Assert.Contains("missed 1  How large", output, StringComparison.Ordinal);
        Assert.Contains("rests on other words; expected '1,250 euros'", output, StringComparison.Ordinal);
        Assert.Contains("missed 2  What do visitors", output, StringComparison.Ordinal);
        Assert.Contains("answered; a refusal was expected", output, StringComparison.Ordinal);
        Assert.Contains("missed 3  Which football", output, StringComparison.Ordinal);
        Assert.Contains("refused; expected 'a badge'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passage_that_comes_too_late_or_not_at_all_is_a_miss()
    {
        Questions("""{"question": "zzyzx", "document": "notice.html", "expect": "a badge"}""");
        var scores = await JsonAsync("eval", "retrieval", _folder, "--domain", "legal", "--misses", "--json");
        var miss = Assert.Single(scores.GetProperty("misses").EnumerateArray());
        Assert.Equal(("1", "zzyzx", "notice.html#1"), (miss.Text("id"), miss.Text("question"), miss.GetProperty("relevant")[0].GetString()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (miss.GetProperty("rank").ValueKind, miss.GetProperty("first").ValueKind));
    }

    [Fact]
    public async Task Two_setups_are_printed_side_by_side_and_every_run_is_the_same()
    {
        string[] command = ["eval", "retrieval", _folder, "--domain", "legal", "--compare", "lexical"];
        var (exit, output, errors) = await CommandRun.RunAsync(command);
        Assert.True(exit == ExitCode.Ok, errors);
        Assert.Matches("^ +configured +lexical +difference +better +worse +equal +p\n", output);
        Assert.Matches("\nnDCG@10 +1\\.0000 +1\\.0000 +0\\.0000 +0 +0 +2 +1\\.0000\n", output);
        var comparison = (await JsonAsync([.. command, "--setup", "no-ranker", "--json"])).GetProperty("comparison");
        Assert.Equal(("no-ranker", "lexical"), (comparison.Text("left"), comparison.Text("right")));
        Assert.Equal(["ndcg10", "recall10", "recall100", "mrr10"], comparison.GetProperty("measures").EnumerateArray().Select(measure => measure.Text("measure")));
        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("eval", "retrieval", _folder, "--domain", "legal", "--compare", "magic")).ExitCode);
    }

    [Theory]
    [InlineData("{\"question\": ", "questions.jsonl, line 2: ")]
    [InlineData("""{"question": "a", "document": "lease.txt", "expect": "b"}""", "line 2: there is no file 'lease.txt' below documents/. Names are written as they stand there, such as 'contracts/lease.txt'.")]
    [InlineData("""{"question": "a", "document": "notice.html", "expect": "zebra"}""", "line 2: 'zebra' is not in what was read of 'notice.html'.")]
    [InlineData("""{"question": "a", "document": "contracts/lease.txt", "expect": "per month. 2. Deposit"}""", "is cut between two passages")]
    [InlineData("""{"question": "a", "document": "notice.html"}""", "line 2: 'expect' is missing.")]
    [InlineData("""{"question": "a", "expect": "b"}""", "line 2: 'document' is missing.")]
    [InlineData("""{"question": " ", "refuse": true}""", "line 2: 'question' is empty.")]
    [InlineData("""{"question": "a", "refuse": true, "expect": "b"}""", "line 2: a case that must be refused has no")]
    public async Task Broken_question_is_named_with_its_line_and_the_way_out(string line, string words)
    {
        Questions("""{"question": "What do visitors carry?", "document": "notice.html", "expect": "a badge"}""", line);
        await FailsAsync(words);
    }

    [Fact]
    public async Task Broken_folder_is_named_with_the_way_out()
    {
        File.WriteAllBytes(Path.Combine(_folder, "documents", "torn.docx"), [0x50, 0x4b, 3, 4, 1, 2, 3]);
        await FailsAsync("'torn.docx' cannot be read: ");
        File.Delete(Path.Combine(_folder, "documents", "torn.docx"));
        File.Delete(Path.Combine(_folder, "questions.jsonl"));
        await FailsAsync("has no questions.jsonl beside documents/");
        Directory.Delete(Path.Combine(_folder, "documents"), recursive: true);
        await FailsAsync("has neither corpus.jsonl");
        Questions();
        await FailsAsync("has no file in documents/");
    }

    private void Questions(params string[] lines) => File.WriteAllLines(Path.Combine(_folder, "questions.jsonl"), lines);

    private async Task FailsAsync(string words)
    {
        var (exit, output, errors) = await CommandRun.RunAsync("eval", "retrieval", _folder, "--domain", "legal");
        Assert.Equal((ExitCode.Failed, ""), (exit, output));
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var (exit, output, errors) = await CommandRun.RunAsync(arguments);
        Assert.True(exit == ExitCode.Ok, errors);
        return JsonDocument.Parse(output).RootElement;
    }
}
