using System.Diagnostics;
using System.Net.Http.Json;
using Tessera.Benchmarks.Engine;
using Tessera.Inference.Llama.Bench;

namespace Tessera.Benchmarks;

/// <summary>How long the one slot of a host stays taken when the client that has it hangs up: while its prompt is read, and while its reply is written.</summary>
internal static class LeavingBenchmark
{
    private const int Rounds = 7;
    private static readonly TimeSpan InTheMiddle = TimeSpan.FromMilliseconds(300);

    public static async Task<bool> RunAsync()
    {
        await using var host = await RunningHost.StartAsync(("TESSERA_MODEL_SLOTS", "1"));
        await StreamBenchmark.AddAsync(host, EngineFiles.M135);
        await FirstAsync(host, 32, 0, CancellationToken.None);
        var (reading, writing) = (new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            // About two seconds of reading, or twenty of writing, would be left.
            reading.Add(await FreeAsync(host, 3000, round, write: false));
            writing.Add(await FreeAsync(host, 32, round, write: true));
        }

        var table = new FigureTable();
        table.AtMost("hung up while the prompt is read: next one's first token, seconds, slowest", reading.Max(), 1);
        table.AtMost("hung up while the reply is written: next one's first token, seconds, slowest", writing.Max(), 1);
        return table.Print();
    }

    private static async Task<double> FreeAsync(RunningHost host, int prompt, int round, bool write)
    {
        using var leave = new CancellationTokenSource();
        var left = FirstAsync(host, prompt, round, leave.Token, hold: true);
        await Task.Delay(InTheMiddle, CancellationToken.None);
        if (left.IsCompleted && !write)
        {
            throw new InvalidOperationException("The prompt was read before anybody could leave.");
        }

        await leave.CancelAsync();
        var started = Stopwatch.GetTimestamp();
        await FirstAsync(host, 32, (round * 10) + (write ? 1 : 2), CancellationToken.None);
        try
        {
            await left;
        }
        catch (OperationCanceledException)
        {
            // It left.
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // Ends with the first token, or, held, goes on until it is told to leave.
    private static async Task FirstAsync(RunningHost host, int prompt, int seed, CancellationToken leave, bool hold = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "m135", stream = true, max_tokens = hold ? 3500 : 2, messages = new[] { new { role = "user", content = BenchText.Make(prompt, seed) } } }),
        };
        using var reply = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave);
        reply.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(leave));
        while (await reader.ReadLineAsync(leave) is { } line)
        {
            if (!hold && line.Contains("\"content\":\"", StringComparison.Ordinal) && !line.Contains("\"content\":\"\"", StringComparison.Ordinal))
            {
                return;
            }
        }
    }
}
