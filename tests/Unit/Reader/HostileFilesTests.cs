using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Tessera.Rag.Ingestion;

namespace Tessera.Unit.Reader;

/// <summary>Every hostile file of the shared collection ends as its manifest says, within the limits, and the pool reads on.</summary>
public sealed class HostileFilesTests(ReaderBench bench) : IClassFixture<ReaderBench>
{
    /// <summary>The pool's own limit is 8 seconds; the rest is start-up on a busy machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("pdf/own")]
    [InlineData("pdf/qpdf")]
    [InlineData("pdf/tika")]
    [InlineData("office")]
    [InlineData("zip")]
    [InlineData("xml")]
    [InlineData("html")]
    [InlineData("markdown")]
    [InlineData("json-csv")]
    [InlineData("text")]
    [InlineData("code-text")]
    [InlineData("xss")]
    public async Task Files_OfTheFolder_EndAsExpected(string folder)
    {
        var root = SharedData.Require("badinput");
        await using var canary = await Canary.OpenAsync();
        var wrong = new List<string>();
        var count = 0;
        foreach (var row in File.ReadLines(Path.Combine(root, "MANIFEST.tsv")).Skip(1).Select(x => x.Split('\t')))
        {
            if (row[0].StartsWith(folder + "/", StringComparison.Ordinal))
            {
                count++;
                await CheckAsync(root, row[0], row[1], row[7], row[8], wrong);
            }
        }

        Assert.True(count > 0);
        Assert.Empty(wrong);
        Assert.Equal(0, canary.Hits);
        Assert.IsType<ReadOutcome.Text>(await bench.ReadAsync("still alive"u8.ToArray(), "after.txt"));
        Assert.DoesNotContain(bench.Files, x => x.StartsWith(bench.Scratch, StringComparison.Ordinal) && File.Exists(x));
    }

    private async Task CheckAsync(string root, string path, string encoding, string expect, string note, List<string> wrong)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(root, path), TestContext.Current.CancellationToken);
        if (encoding == "gzip")
        {
            bytes = Unzip(bytes);
        }

        var name = Path.GetFileName(path).Replace(".stored.gz", "", StringComparison.Ordinal);
        if (note.StartsWith("feed as .", StringComparison.Ordinal))
        {
            name = Path.ChangeExtension(name, note[8..].Split(':', ' ')[0]);
        }

        if (name.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < lines.Length; i++)
            {
                await CheckAsync($"{path}:{i + 1}", Encoding.UTF8.GetBytes(Payload(lines[i])), "line.html", "TERMINAL", wrong);
            }
        }
        else
        {
            await CheckAsync(path, bytes, name, expect, wrong);
        }
    }

    private async Task CheckAsync(string path, byte[] bytes, string name, string expect, List<string> wrong)
    {
        var watch = Stopwatch.StartNew();
        var outcome = await bench.ReadAsync(bytes, name);
        var good = expect switch
        {
            "INDEXED" => outcome is ReadOutcome.Text,
            "REJECT" or "FAILED_REASON" => outcome is ReadOutcome.Failed,
            _ => true,
        };
        if (!good || watch.Elapsed > Longest || outcome is ReadOutcome.Failed { Reason.Length: < 10 })
        {
            wrong.Add($"{path} ({expect}) in {watch.Elapsed}: {outcome}");
        }
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
        var result = new MemoryStream();
        gzip.CopyTo(result);
        return result.ToArray();
    }
}
