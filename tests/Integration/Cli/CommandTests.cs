using System.Text.Json.Nodes;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Integration.Cli;

/// <summary>Commands as the README names them, in a process of their own.</summary>
public sealed class CommandTests(HostFixture host) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-cli-").FullName;

    private string Data => Path.Combine(folder, "data");

    private static string Samples => Path.Combine(AppContext.BaseDirectory, "samples", "legal");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Files_are_ingested_searched_and_asked_without_a_server()
    {
        var ingest = await CommandRun.RunAsync("ingest", "legal", Samples, "--data", Data);
        Assert.Equal("", string.Join('\n', ingest.Errors.Split('\n').Where(x => x.StartsWith("error", StringComparison.Ordinal))));
        Assert.Equal(0, ingest.ExitCode);
        Assert.All(ingest.Output.TrimEnd().Split('\n'), line => Assert.StartsWith("Searchable", line, StringComparison.Ordinal));

        var search = await CommandRun.RunAsync("search", "legal", "limitation of liability", "--top", "3", "--json", "--data", Data);
        var passages = JsonNode.Parse(search.Output)!["passages"]!.AsArray();
        Assert.InRange(passages.Count, 1, 3);

        var explained = await CommandRun.RunAsync("search", "legal", "limitation of liability", "--top", "3", "--explain", "--data", Data);
        Assert.Matches("searched: limitation [0-9.]+, liability [0-9.]+", explained.Output);
        Assert.Contains("why: holds ‘l", explained.Output, StringComparison.Ordinal);
        var figures = await CommandRun.RunAsync("search", "legal", "limitation of liability", "--top", "3", "--explain", "--setup", "lexical", "--json", "--data", Data);
        Assert.Equal("lexical", JsonNode.Parse(figures.Output)!["setup"]!.GetValue<string>());

        var ask = await CommandRun.RunAsync("ask", "legal", "What is the supplier's total liability limited to?", "--json", "--data", Data);
        var answer = JsonNode.Parse(ask.Output)!;
        Assert.Equal("answered", answer["status"]!.GetValue<string>());
        Assert.NotEmpty(answer["citations"]!.AsArray());

        var told = await CommandRun.RunAsync("ask", "legal", "What is the supplier's total liability limited to?", "--data", Data);
        Assert.Contains("[1]", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_are_told_beside_the_passage_and_the_quote()
    {
        var files = Directory.CreateDirectory(Path.Combine(folder, "copies")).FullName;
        const string text = "1. Term. This agreement begins on 1 May 2031 and lasts two years unless one of the parties ends it in writing before.";
        foreach (var name in (string[])["here.txt", "there.txt"])
        {
            await File.WriteAllTextAsync(Path.Combine(files, name), text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, (await CommandRun.RunAsync("ingest", "legal", files, "--data", Data)).ExitCode);
        var lines = (await CommandRun.RunAsync("search", "legal", "how long does the agreement last", "--data", Data)).Output.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Matches("^ +also in (.*/)?t?here.txt · ", lines[2]);
        var explained = (await CommandRun.RunAsync("search", "legal", "how long does the agreement last", "--explain", "--data", Data)).Output;
        Assert.Matches("also in (.*/)?t?here.txt · ", explained);
        var ask = (await CommandRun.RunAsync("ask", "legal", "How long does the agreement last?", "--data", Data)).Output;
        Assert.Matches("also in (.*/)?t?here.txt · ", ask);
    }

    [Fact]
    public async Task Definition_of_a_quoted_term_is_told_with_the_source()
    {
        var files = Directory.CreateDirectory(Path.Combine(folder, "terms")).FullName;
        var filler = string.Concat(Enumerable.Repeat("The parties do what they have promised each other in good faith and at their own cost. ", 9));
        var text = $"1. Definitions.\n\"Net Sales\" means all sales less returns. {filler}\n2. Royalty. The licensee pays a royalty of five per cent of Net Sales each year. {filler}\n";
        await File.WriteAllTextAsync(Path.Combine(files, "licence.txt"), text, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await CommandRun.RunAsync("ingest", "legal", files, "--data", Data)).ExitCode);
        var ask = JsonNode.Parse((await CommandRun.RunAsync("ask", "legal", "How large is the royalty?", "--json", "--data", Data)).Output)!;
        var reference = Assert.Single(ask["references"]!.AsArray())!;
        Assert.Equal(["citation", "words", "documentId", "documentName", "page", "path", "start", "end", "quote"], reference.AsObject().Select(x => x.Key));
        Assert.Equal("\"Net Sales\" means all sales less returns.", reference["quote"]!.GetValue<string>());
        Assert.Equal(reference["quote"]!.GetValue<string>(), text[reference["start"]!.GetValue<int>()..reference["end"]!.GetValue<int>()]);
        Assert.Matches("    Net Sales: \"Net Sales\" means all sales", (await CommandRun.RunAsync("ask", "legal", "How large is the royalty?", "--data", Data)).Output);
    }

    [Fact]
    public async Task Json_of_a_first_start_is_nothing_but_json()
    {
        var search = await CommandRun.RunAsync("search", "legal", "liability", "--json", "--data", Data);
        Assert.Empty(JsonNode.Parse(search.Output)!["passages"]!.AsArray());
        Assert.Contains("Password:", search.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_cannot_be_read_makes_exit_1_and_does_not_stop_the_others()
    {
        var files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
        await File.WriteAllTextAsync(Path.Combine(files, "good.txt"), "1. Term. This agreement lasts two years.", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(files, "bad.docx"), [0x50, 0x4b, 3, 4, 1, 2, 3], TestContext.Current.CancellationToken);
        var ingest = await CommandRun.RunAsync("ingest", "legal", files, "--data", Data);
        Assert.Equal(1, ingest.ExitCode);
        var lines = ingest.Output.TrimEnd().Split('\n').Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Matches("^Failed +.*bad.docx +\\w", lines[0]);
        Assert.Matches("^Searchable +.*good.txt", lines[1]);
    }

    [Theory]
    [InlineData(2, "--top", "search", "legal", "x", "--top", "many")]
    [InlineData(2, "--setup needs --explain", "search", "legal", "x", "--setup", "lexical")]
    [InlineData(2, "magic", "search", "legal", "x", "--explain", "--setup", "magic")]
    [InlineData(2, "not there", "ingest", "legal", "no-such-file.txt")]
    [InlineData(2, "TESSERA_KEY", "ask", "legal", "What?", "--url", "http://127.0.0.1:1")]
    [InlineData(1, "no tenant 'nobody'", "ask", "legal", "What?", "--tenant", "nobody")]
    [InlineData(1, "unknown-domain", "ask", "astrology", "What?")]
    public async Task Mistake_is_named_on_standard_error(int code, string words, params string[] arguments)
    {
        var command = await CommandRun.RunAsync([.. arguments, "--data", Data]);
        Assert.Equal(code, command.ExitCode);
        Assert.Contains(words, command.Errors.Replace("is not there", "not there", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("", command.Output);
    }

    [Fact]
    public async Task Folder_of_a_running_server_is_left_alone_and_the_server_can_be_asked_instead()
    {
        var busy = await CommandRun.RunAsync("search", "legal", "liability", "--data", host.Options.DataFolder);
        Assert.Equal(1, busy.ExitCode);
        Assert.Contains("lock", busy.Errors, StringComparison.Ordinal);

        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Member);
        var ingest = await CommandRun.RunWithKeyAsync(caller.Key, "ingest", "legal", Samples, "--url", host.Address.ToString());
        Assert.Equal(0, ingest.ExitCode);
        var search = await CommandRun.RunWithKeyAsync(caller.Key, "search", "legal", "liability", "--url", host.Address.ToString());
        Assert.Contains("services-agreement.md", search.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operator_is_nobody_beyond_the_command()
    {
        // The key of a command's own host is random and dies with it; a server has no such door at all.
        Assert.Null(host.Options.Operator);
        var door = new OperatorDoor(Path.Combine(folder, "socket"));
        using var reply = await host.Client(door.Key).GetAsync("/api/v1/domains", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, reply.StatusCode);
    }
}
