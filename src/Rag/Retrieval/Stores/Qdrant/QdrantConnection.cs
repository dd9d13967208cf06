using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>
/// Sends requests to a Qdrant server, and again where a failure may pass: every request that this store makes leads to the same however often it
/// arrives. Safe for concurrent use.
/// </summary>
internal sealed class QdrantConnection : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public QdrantConnection(QdrantOptions options, HttpMessageHandler handler, TimeProvider clock)
    {
        _http = new HttpClient(handler) { BaseAddress = options.Url, Timeout = options.Timeout };
        if (options.ApiKey is { Length: > 0 } key)
        {
            _http.DefaultRequestHeaders.Add("api-key", key);
        }

        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock };
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = x => new(x.Outcome.Exception is HttpRequestException || (x.Outcome.Result is { } reply && MayPass(reply.StatusCode))),
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(0.5),
            });
        }

        _pipeline = builder.Build();
    }

    /// <summary>Sends a request; returns its reply's <c>result</c>, or null where what the path names does not exist.</summary>
    /// <param name="method">GET, PUT, POST or DELETE.</param>
    /// <param name="path">Without a slash at its start.</param>
    /// <param name="body">Becomes JSON with names in snake case; null: none.</param>
    /// <param name="cancellationToken">Stops the waiting; whether the server did it is not known then.</param>
    /// <exception cref="TransientException">The server cannot be reached or is busy.</exception>
    /// <exception cref="PermanentException"><c>chunk-server-refused</c>: it refused.</exception>
    public async Task<JsonElement?> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var reply = await ReplyAsync(() => Request(method, path, body), cancellationToken).ConfigureAwait(false);
        if (reply.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!reply.IsSuccessStatusCode)
        {
            throw Refusal(reply.StatusCode, method, path);
        }

        try
        {
            return (await reply.Content.ReadFromJsonAsync<JsonElement>(cancellationToken).ConfigureAwait(false)).GetProperty("result");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or HttpRequestException or IOException)
        {
            throw new TransientException("Qdrant's reply was cut off, or is none of Qdrant's.", fault);
        }
    }

    /// <summary>Sends what is no JSON, or asks for it; the caller disposes the reply, which may tell a refusal.</summary>
    /// <exception cref="TransientException">The server cannot be reached or is busy.</exception>
    public async Task<HttpResponseMessage> ReplyAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await _pipeline.ExecuteAsync(
                async token =>
                {
                    using var request = make();
                    return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            if (!MayPass(reply.StatusCode))
            {
                return reply;
            }

            reply.Dispose();
            throw new TransientException(string.Create(CultureInfo.InvariantCulture, $"Qdrant is busy or failing: {(int)reply.StatusCode}"));
        }
        catch (HttpRequestException fault)
        {
            throw new TransientException("Qdrant could not be reached.", fault);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientException("Qdrant did not answer in time.", fault);
        }
    }

    /// <summary>A request whose body is JSON with names in snake case.</summary>
    public static HttpRequestMessage Request(HttpMethod method, string path, object? body) =>
        new(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json) };

    /// <summary>A refusal without the server's own words: they may quote what was sent to it, which no log is to have.</summary>
    public static PermanentException Refusal(HttpStatusCode status, HttpMethod method, string path) => new(
        "chunk-server-refused",
        string.Create(CultureInfo.InvariantCulture, $"Qdrant refused to work on the search index: {(int)status} to {method} {path.Split('?')[0]}"));

    public void Dispose() => _http.Dispose();

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;
}
