using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tessera.Integration.Observability;

/// <summary>An OpenTelemetry collector that keeps what it is sent, byte for byte.</summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body, string? Token)> received = [];

    private FakeCollector(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public static async Task<FakeCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new FakeCollector(builder.Build());
        collector.app.MapPost("/v1/{signal}", collector.TakeAsync);
        await collector.app.StartAsync();
        return collector;
    }

    public IReadOnlyList<string?> Tokens => [.. received.Select(x => x.Token).Distinct()];

    /// <summary>How many requests of a kind hold a text in any of the ways that it may be written.</summary>
    /// <param name="signal">traces, metrics or logs; null: any.</param>
    /// <param name="text">Looked for as UTF-8 and UTF-16, whatever its case.</param>
    public int Count(string? signal, string text) => received.Count(x => (signal is null || x.Signal == signal)
        && (Encoding.UTF8.GetString(x.Body).Contains(text, StringComparison.OrdinalIgnoreCase)
            || Encoding.Unicode.GetString(x.Body).Contains(text, StringComparison.OrdinalIgnoreCase)));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TakeAsync(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        received.Enqueue((signal, body.ToArray(), request.Headers["x-collector-token"]));
        return Results.Bytes([], "application/x-protobuf");
    }
}
