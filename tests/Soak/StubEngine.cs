using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tessera.Soak;

/// <summary>
/// A model server that costs nothing: it writes so many tokens with so much time between them, each naming the word that the question asks for, with quotes
/// of the passage in the prompt.
/// </summary>
internal sealed partial class StubEngine : IAsyncDisposable
{
    private readonly WebApplication app;

    private StubEngine(WebApplication app) => this.app = app;

    public string BaseUrl => $"{app.Urls.First()}/v1";

    public static async Task<StubEngine> StartAsync(int sentences, TimeSpan gap)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/chat/completions", context => WriteAsync(context, sentences, gap));
        await app.StartAsync();
        return new StubEngine(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(2)).Token);
        await app.DisposeAsync();
    }

    private static async Task WriteAsync(HttpContext context, int sentences, TimeSpan gap)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var prompt = body.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content").ToString();
        var word = Words().Matches(prompt).Last().Value;
        context.Response.ContentType = "text/event-stream";
        try
        {
            for (var sentence = 0; sentence < sentences; sentence++)
            {
                foreach (var token in (string[])[$"On {word}: ", "<q>The ", word, " party ", "shall ", "deliver ", "the ", "goods</q>", ". "])
                {
                    await SendAsync(context, new { choices = new[] { new { index = 0, delta = new { role = "assistant", content = token }, finish_reason = (string?)null } } });
                    await Task.Delay(gap, context.RequestAborted);
                }
            }

            await SendAsync(context, new { choices = new[] { new { index = 0, delta = new { }, finish_reason = "stop" } } });
            await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }

    private static async Task SendAsync(HttpContext context, object chunk)
    {
        var json = JsonSerializer.SerializeToNode(chunk)!.AsObject();
        (json["id"], json["object"], json["created"], json["model"]) = ("c", "chat.completion.chunk", 1, "stub");
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {json.ToJsonString()}\n\n"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    [GeneratedRegex("qz[a-j]{6}xw")]
    private static partial Regex Words();
}
