using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tessera.Benchmarks.Engine;
using Tessera.Inference.Llama.Bench;
using Tessera.Inference.Llama.Native;

namespace Tessera.Benchmarks;

/// <summary>Eight streams at once through a running host and HTTP, against the same eight one after the other.</summary>
internal static class StreamBenchmark
{
    private const int Streams = 8;
    private const int Written = 128;
    private const int Rounds = 5;

    public static async Task<bool> RunAsync()
    {
        var (one, eight) = (Library(1), Library(Streams));
        Console.WriteLine(FormattableString.Invariant($"135M, the library alone: one {one:0} tokens/s, {Streams} at once {eight:0} tokens/s: {eight / one:0.00} times as many"));
        await using var host = await RunningHost.StartAsync();
        await AddAsync(host, EngineFiles.M135);
        await WriteAsync(host, 0);
        var (apart, together) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Streams; i++)
            {
                await WriteAsync(host, (round * 1000) + i);
            }

            apart.Add(Streams * Written / Stopwatch.GetElapsedTime(started).TotalSeconds);
            started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Streams).Select(i => WriteAsync(host, (round * 1000) + 500 + i)));
            together.Add(Streams * Written / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        Console.WriteLine(FormattableString.Invariant($"135M through HTTP: one after the other {EngineDesk.Median(apart):0} tokens/s, {Streams} at once {EngineDesk.Median(together):0} tokens/s"));
        var table = new FigureTable();
        table.AtLeast($"{Streams} streams at once against one after the other", EngineDesk.Median(together) / EngineDesk.Median(apart), 2.5);
        return table.Print();
    }

    /// <summary>Uploads a model under the name <c>m135</c>.</summary>
    public static async Task AddAsync(RunningHost host, string model)
    {
        await using var file = File.OpenRead(model);
        using var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { content, "file", "m135.gguf" }, { new StringContent("m135"), "name" } };
        using var reply = await host.Http.PostAsync("/api/v1/admin/models", form);
        if (!reply.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await reply.Content.ReadAsStringAsync());
        }
    }

    // What the library itself gains: prompts and replies as below, nothing drawn, nothing sent.
    private static double Library(int sequences)
    {
        const int Prompt = 45;
        using var model = ModelHandle.Load(EngineFiles.M135, LoadMode.Read);
        using var context = ContextHandle.Create(model, new ContextShape(sequences, 2 * Written, 512, 512, Environment.ProcessorCount));
        using var batch = new BatchBuffer(512);
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            context.ClearAll();
            var started = Stopwatch.GetTimestamp();
            for (var sequence = 0; sequence < sequences; sequence++)
            {
                Decode(sequence, 1, 0, Prompt);
            }

            for (var place = Prompt; place < Prompt + Written - 1; place++)
            {
                Decode(0, sequences, place, place + 1);
            }

            rates.Add(sequences * Written / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return EngineDesk.Median(rates);

        void Decode(int first, int count, int from, int to)
        {
            context.Arm();
            batch.Clear();
            for (var sequence = first; sequence < first + count; sequence++)
            {
                for (var place = from; place < to; place++)
                {
                    batch.Add(100 + (7 * place) + sequence, place, sequence, place == to - 1);
                }
            }

            if (context.Decode(batch, abortable: false) != DecodeResult.Done)
            {
                throw new InvalidOperationException("The library could not read the batch.");
            }
        }
    }

    // With these weights and seeds no reply ends before its limit; one that did would be told.
    private static async Task WriteAsync(RunningHost host, int seed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "m135", stream = true, max_tokens = Written, messages = new[] { new { role = "user", content = BenchText.Make(32, seed) } }, stream_options = new { include_usage = true } }),
        };
        using var reply = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        reply.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync());
        var written = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal) && line.Contains("completion_tokens", StringComparison.Ordinal))
            {
                using var chunk = JsonDocument.Parse(line[6..]);
                written = chunk.RootElement.GetProperty("usage").GetProperty("completion_tokens").GetInt32();
            }
        }

        if (written != Written)
        {
            throw new InvalidOperationException($"A reply ended after {written} tokens.");
        }
    }
}
