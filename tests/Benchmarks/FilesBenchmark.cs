using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Tessera.Evals;
using Tessera.Integration.Documents;

namespace Tessera.Benchmarks;

/// <summary>The hostile files, one after the other through HTTP: how each ends, how long it takes, what its Reader needs.</summary>
internal static class FilesBenchmark
{
    private const string Route = "/api/v1/domains/legal/documents";
    private const int CanaryPort = 18080;
    private const double LongestSeconds = 10;
    private const double MostMegabytes = 512;

    /// <summary>Prints a table; false where a file ends otherwise than its manifest says, or beyond the limits.</summary>
    public static async Task<bool> RunAsync()
    {
        var root = SharedFolder.Of("badinput");
        await using var host = await RunningHost.StartAsync();
        using var canary = new TcpListener(IPAddress.Loopback, CanaryPort);
        canary.Start();
        using var memory = new ReaderMemory(host.ProcessId);
        var good = true;
        Console.WriteLine("| folder | files | as expected | slowest s | calls out | |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var folder in HostileFile.Folders)
        {
            var (files, expected, slowest) = (0, 0, 0.0);
            foreach (var file in HostileFile.Read(root, folder))
            {
                var started = Stopwatch.GetTimestamp();
                var asExpected = await EndsAsExpectedAsync(host, file);
                var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                if (!asExpected || seconds > LongestSeconds)
                {
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Path}: {seconds:0.0} s, {(asExpected ? "as expected" : "NOT as expected")}"));
                }

                (files, expected, slowest) = (files + 1, expected + (asExpected ? 1 : 0), Math.Max(slowest, seconds));
            }

            var calls = Calls(canary);
            var passed = expected == files && slowest <= LongestSeconds && calls == 0;
            good &= passed;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {folder} | {files} | {expected} | {slowest:0.0} | {calls} | {(passed ? "ok" : "short")} |"));
        }

        var table = new FigureTable();
        table.AtMost("largest Reader, MB resident", memory.Most / 1e6, MostMegabytes);
        table.AtLeast("host still answers", (await host.Http.GetAsync("/health/ready")).IsSuccessStatusCode ? 1 : 0, 1);
        return table.Print() && good;
    }

    private static async Task<bool> EndsAsExpectedAsync(RunningHost host, HostileFile file)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(file.Path.Replace(':', '/')), "folder" }, { new StringContent(file.Name), "name" }, { new ByteArrayContent(file.Bytes), "file", "file" },
        };
        using var reply = await host.Http.PostAsync(Route, form);
        if (!reply.IsSuccessStatusCode)
        {
            return (int)reply.StatusCode is >= 400 and < 500 && file.Expect != "INDEXED";
        }

        var id = JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync()).GetProperty("id").GetGuid();
        var document = await host.GetAsync($"/api/v1/documents/{id}");
        while (document.GetProperty("status").GetString() is not ("Searchable" or "Failed"))
        {
            await Task.Delay(20);
            document = await host.GetAsync($"/api/v1/documents/{id}");
        }

        return file.IsExpected(document);
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
