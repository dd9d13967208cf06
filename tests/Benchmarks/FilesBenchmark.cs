using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Tessera.Evals;
using Tessera.Integration.Documents;

namespace Tessera.Benchmarks;

/// <summary>The real and the hostile files, one after the other through HTTP: how each ends, how long it takes, what its Reader needs.</summary>
internal static class FilesBenchmark
{
    private const string Route = "/api/v1/domains/legal/documents";
    private const int CanaryPort = 18080;
    private const double LongestSeconds = 10;
    private const double MostMegabytes = 512;

    /// <summary>Prints a table; false where a file ends otherwise than its manifest says, or beyond the limits.</summary>
    public static async Task<bool> RunAsync()
    {
        await using var host = await RunningHost.StartAsync();
        using var canary = new TcpListener(IPAddress.Loopback, CanaryPort);
        canary.Start();
        using var memory = new ReaderMemory(host.ProcessId);
        var good = true;
        Console.WriteLine("| folder | files | as expected | slowest s | calls out | |");
        Console.WriteLine("|---|---|---|---|---|---|");
        // Recognising scanned pages may take longer than the limit for hostile files.
        var real = ManifestFile.Read(SharedFolder.Of("files")).Select(file => (file.Name, Ends: (Func<Task<bool>>)(() => EndsAsExpectedAsync(host, file))));
        good &= await RowAsync(ManifestFile.HasOcr ? "files, with OCR" : "files, without OCR", real, double.MaxValue, canary);
        foreach (var folder in HostileFile.Folders)
        {
            var hostile = HostileFile.Read(SharedFolder.Of("badinput"), folder).Select(file => (file.Path, Ends: (Func<Task<bool>>)(() => EndsAsExpectedAsync(host, file))));
            good &= await RowAsync(folder, hostile, LongestSeconds, canary);
        }

        var table = new FigureTable();
        table.AtMost("largest Reader, MB resident", memory.Most / 1e6, MostMegabytes);
        table.AtLeast("host still answers", (await host.Http.GetAsync("/health/ready")).IsSuccessStatusCode ? 1 : 0, 1);
        return table.Print() && good;
    }

    private static async Task<bool> RowAsync(
        string folder, IEnumerable<(string Name, Func<Task<bool>> Ends)> rows, double longest, TcpListener canary)
    {
        var (files, expected, slowest) = (0, 0, 0.0);
        foreach (var (name, ends) in rows)
        {
            var started = Stopwatch.GetTimestamp();
            var asExpected = await ends();
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (!asExpected || seconds > longest)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds:0.0} s, {(asExpected ? "as expected" : "NOT as expected")}"));
            }

            (files, expected, slowest) = (files + 1, expected + (asExpected ? 1 : 0), Math.Max(slowest, seconds));
        }

        var calls = Calls(canary);
        var passed = expected == files && slowest <= longest && calls == 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {folder} | {files} | {expected} | {slowest:0.0} | {calls} | {(passed ? "ok" : "short")} |"));
        return passed;
    }

    private static async Task<bool> EndsAsExpectedAsync(RunningHost host, ManifestFile file)
    {
        using var reply = await PostAsync(host, "files", file.Name, file.Bytes);
        reply.EnsureSuccessStatusCode();
        var document = await EndAsync(host, reply);
        var text = document.GetProperty("status").GetString() == "Searchable"
            ? await host.Http.GetStringAsync($"/api/v1/documents/{document.GetProperty("id").GetGuid()}/content?format=text")
            : "";
        return file.IsExpected(document, text);
    }

    private static async Task<bool> EndsAsExpectedAsync(RunningHost host, HostileFile file)
    {
        using var reply = await PostAsync(host, file.Path.Replace(':', '/'), file.Name, file.Bytes);
        return reply.IsSuccessStatusCode
            ? file.IsExpected(await EndAsync(host, reply))
            : (int)reply.StatusCode is >= 400 and < 500 && file.Expect != "INDEXED";
    }

    private static async Task<HttpResponseMessage> PostAsync(RunningHost host, string folder, string name, byte[] bytes)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(folder), "folder" }, { new StringContent(name), "name" }, { new ByteArrayContent(bytes), "file", "file" },
        };
        return await host.Http.PostAsync(Route, form);
    }

    private static async Task<JsonElement> EndAsync(RunningHost host, HttpResponseMessage reply)
    {
        var id = JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync()).GetProperty("id").GetGuid();
        var document = await host.GetAsync($"/api/v1/documents/{id}");
        while (document.GetProperty("status").GetString() is not ("Searchable" or "Failed"))
        {
            await Task.Delay(20);
            document = await host.GetAsync($"/api/v1/documents/{id}");
        }

        return document;
    }

    private static int Calls(TcpListener canary)
    {
        var calls = 0;
        for (; canary.Pending(); calls++)
        {
            canary.AcceptTcpClient().Dispose();
        }

        return calls;
    }
}
