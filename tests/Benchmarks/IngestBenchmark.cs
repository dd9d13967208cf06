using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tessera.Evals;

namespace Tessera.Benchmarks;

/// <summary>How fast documents become searchable, uploaded over HTTP to a host of its own; with every fsync.</summary>
internal static class IngestBenchmark
{
    private const string Route = "/api/v1/domains/legal/documents";
    private const int AtOnce = 4;
    private const int TextFiles = 100;
    private const int TextBytes = 30_000_000;
    private const int SmallFiles = 1000;
    private const int SmallBytes = 1024;
    private const int FirstSmallFiles = 200;

    /// <summary>Prints a table; false where a figure is short of its bar.</summary>
    public static async Task<bool> RunAsync()
    {
        var table = new FigureTable();
        var text = ReadText();
        await using (var host = await RunningHost.StartAsync())
        {
            var contracts = Directory.GetFiles(SharedFolder.Of("files/contracts")).Order(StringComparer.Ordinal)
                .Select(x => (Path.GetFileName(x), File.ReadAllBytes(x))).ToList();
            var (seconds, documents) = await IngestAsync([host], "contracts", contracts);
            table.AtLeast($"{contracts.Count} contract PDFs, pages/s", documents.Sum(x => x.GetProperty("pages").GetInt32()) / seconds, 40);
        }

        await using (var host = await RunningHost.StartAsync())
        {
            var share = TextBytes / TextFiles;
            var files = Enumerable.Range(0, TextFiles).Select(i => ($"{i}.txt", Slice(text, i * share, share))).ToList();
            var (seconds, _) = await IngestAsync([host], "texts", files);
            table.AtLeast("30 MB as 100 files, MB/s", TextBytes / 1e6 / seconds, 3);
        }

        await using (var host = await RunningHost.StartAsync())
        {
            var files = Enumerable.Range(0, SmallFiles).Select(i => ($"{i}.txt", Slice(text, i * SmallBytes, SmallBytes))).ToList();
            var (first, _) = await IngestAsync([host], "small", files[..FirstSmallFiles]);
            var before = host.Resident;
            var (rest, _) = await IngestAsync([host], "small", files[FirstSmallFiles..]);
            table.AtLeast("1,000 files of 1 KB, documents/s", SmallFiles / (first + rest), 25);
            table.AtMost($"host memory after file 1,000 / after file 200 ({before / 1e6:0} MB)", host.Resident / (double)before, 1.1);
        }

        return table.Print();
    }

    /// <summary>Uploads files, in turn to each host, and waits until all of them are searchable.</summary>
    public static async Task<(double Seconds, IReadOnlyList<JsonElement> Documents)> IngestAsync(
        IReadOnlyList<RunningHost> hosts, string folder, IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        var started = Stopwatch.GetTimestamp();
        var ids = new Guid[files.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, files.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, token) =>
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(folder), "folder" }, { new StringContent(files[i].Name), "name" }, { new ByteArrayContent(files[i].Bytes), "file", "file" },
            };
            using var reply = await hosts[i % hosts.Count].Http.PostAsync(Route, form, token);
            var body = await reply.Content.ReadAsStringAsync(token);
            ids[i] = JsonSerializer.Deserialize<JsonElement>(reply.IsSuccessStatusCode ? body : throw new InvalidOperationException(body)).GetProperty("id").GetGuid();
        });

        // From the last one backwards: they end about in this order, so that few questions are asked while others are still read.
        var documents = new List<JsonElement>();
        foreach (var id in ids.Reverse())
        {
            var document = await hosts[0].GetAsync($"/api/v1/documents/{id}");
            while (document.GetProperty("status").GetString() is not ("Searchable" or "Failed"))
            {
                await Task.Delay(50);
                document = await hosts[0].GetAsync($"/api/v1/documents/{id}");
            }

            documents.Add(document.GetProperty("status").GetString() == "Searchable" ? document : throw new InvalidOperationException(document.ToString()));
        }

        return (Stopwatch.GetElapsedTime(started).TotalSeconds, documents);
    }

    /// <summary>The training texts of law one after the other, from the beginning again until there is enough.</summary>
    public static byte[] ReadText()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join("\n\n", SearchTexts.ReadLaw()));
        return [.. Enumerable.Range(0, TextBytes).Select(i => bytes[i % bytes.Length])];
    }

    // From the end of a word, so that no letter is cut.
    public static byte[] Slice(byte[] text, int start, int length) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text, start, length).Trim('\ufffd'));
}
