using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Tessera.Unit;

namespace Tessera.Integration.Documents;

/// <summary>Every hostile file of the shared collection, uploaded, ends as its manifest says in time; nothing calls out and the host lives.</summary>
public sealed class HostileEvaluation(HostFixture host)
{
    /// <summary>The Reader's own limit is 8 seconds; the rest is the queue on a busy machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("pdf")]
    [InlineData("office")]
    [InlineData("zip")]
    [InlineData("xml")]
    [InlineData("html")]
    [InlineData("markdown")]
    [InlineData("json-csv")]
    [InlineData("text")]
    [InlineData("code-text")]
    public async Task Files_of_the_folder_end_as_expected(string folder)
    {
        var root = SharedData.Require("badinput");
        var bench = await Bench.OnAsync(host);
        await using var canary = await Canary.OpenAsync();
        var wrong = new ConcurrentQueue<string>();
        var files = Files(root, folder).ToList();
        var two = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(files, two, async (file, _) =>
        {
            if (await CheckAsync(bench, file) is { } problem)
            {
                wrong.Enqueue(problem);
            }
        });
        Assert.NotEmpty(files);
        Assert.True(wrong.IsEmpty, string.Join(Environment.NewLine, wrong));
        Assert.Equal(0, canary.Hits);
        await bench.Http.SearchableAsync(await bench.Http.AddAsync("still alive", "after.txt"));
    }

    private static IEnumerable<HostileFile> Files(string root, string folder)
    {
        foreach (var row in File.ReadLines(Path.Combine(root, "MANIFEST.tsv")).Skip(1).Select(x => x.Split('\t')))
        {
            if (!row[0].StartsWith(folder + "/", StringComparison.Ordinal))
            {
                continue;
            }

            var bytes = File.ReadAllBytes(Path.Combine(root, row[0]));
            bytes = row[1] == "gzip" ? Unzip(bytes) : bytes;
            var name = Path.GetFileName(row[0]).Replace(".stored.gz", "", StringComparison.Ordinal);
            if (row[8].StartsWith("feed as .", StringComparison.Ordinal))
            {
                name = Path.ChangeExtension(name, row[8][8..].Split(':', ' ')[0]);
            }

            if (!name.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                yield return new HostileFile(row[0], name, bytes, row[7]);
                continue;
            }

            foreach (var (number, line) in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
            {
                yield return new HostileFile($"{row[0]}:{number + 1}", $"{number + 1}.html", Encoding.UTF8.GetBytes(Payload(line)), "TERMINAL");
            }
        }
    }

    private static async Task<string?> CheckAsync(Bench bench, HostileFile file)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var reply = await bench.Http.UploadAsync(file.Bytes, file.Name, ("folder", file.Path.Replace(':', '/')));
        if (!reply.IsSuccessStatusCode)
        {
            return (int)reply.StatusCode is >= 400 and < 500 && file.Expect != "INDEXED" ? null : $"{file.Path} ({file.Expect}): {reply.StatusCode}";
        }

        var ticket = JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var document = await bench.Http.EndAsync(ticket.GetProperty("id").GetGuid());
        var time = TimeProvider.System.GetElapsedTime(started);
        var searchable = document.GetProperty("status").GetString() == "Searchable";
        var good = file.Expect switch
        {
            "INDEXED" => searchable,
            "REJECT" or "FAILED_REASON" => !searchable,
            _ => true,
        } && document.GetProperty("reasonCode").GetString() is not ("internal" or "bad-chunker");
        return good && time <= Longest && (searchable || document.GetProperty("reason").GetString() is { Length: > 10 })
            ? null
            : $"{file.Path} ({file.Expect}) in {time}: {document.GetProperty("status")} {document.GetProperty("reasonCode")} {document.GetProperty("reason")}";
    }

    private static string Payload(string line)
    {
        var entry = JsonSerializer.Deserialize<JsonElement>(line);
        return entry.ValueKind == JsonValueKind.String ? entry.GetString()!
            : string.Join('\n', entry.EnumerateObject().Where(x => x.Value.ValueKind == JsonValueKind.String).Select(x => x.Value.GetString()));
    }

    private static byte[] Unzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var result = new MemoryStream();
        gzip.CopyTo(result);
        return result.ToArray();
    }

    private sealed record HostileFile(string Path, string Name, byte[] Bytes, string Expect);
}
