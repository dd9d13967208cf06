using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Tessera.Inference.Remote;

/// <summary>
/// The models of one server. All clients share its connections, its circuit breaker and its limits; they need not be disposed, and work
/// until this is. What fails comes as <see cref="ModelException"/> with <see cref="ModelFault.Remote"/>, or
/// <see cref="ModelFault.PromptTooLong"/> where the server says so. Nothing is sent before a client is asked. Redirects are not followed
/// and the system's proxy is not used: prompts go to the server that was named and nowhere else. Safe for concurrent use.
/// </summary>
public sealed class RemoteModels : IDisposable
{
    private readonly RemoteEndpoint _endpoint;
    private readonly RemoteFaults _faults;
    private readonly RemoteHandler _handler;
    private readonly HttpClient _http;
    private readonly HttpClientPipelineTransport _transport;
    private readonly OpenAIClient _client;

    /// <param name="endpoint">The server and the limits of what is asked of it.</param>
    /// <param name="time">Counts time limits and waits, but that of the connection.</param>
    /// <exception cref="ArgumentException">The endpoint has a setting that cannot be.</exception>
    public RemoteModels(RemoteEndpoint endpoint, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.Validate();
        (_endpoint, _faults) = (endpoint, new RemoteFaults(endpoint));
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = endpoint.Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = (context, token) => RemoteConnection.OpenAsync(context.DnsEndPoint, endpoint.Refuses, token),

            // Trace ids are nobody else's business.
            ActivityHeadersPropagator = null,
        };
        _handler = new RemoteHandler(endpoint, _faults, time ?? TimeProvider.System, sockets);
        _http = new HttpClient(_handler) { Timeout = Timeout.InfiniteTimeSpan };
        _transport = new HttpClientPipelineTransport(_http);
        _client = new OpenAIClient(new ApiKeyCredential(endpoint.ApiKey ?? RemoteHandler.NoKey), new OpenAIClientOptions
        {
            Endpoint = endpoint.BaseUrl,
            Transport = _transport,
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        });
    }

    /// <summary>The server failed so often that nothing is sent to it for a while.</summary>
    public bool IsDown => _handler.IsDown;

    /// <summary>
    /// A chat client that knows <see cref="Sdk.ChatModelInfo"/>, keeps a <see cref="Sdk.QuoteLock"/> by searching, and tells the bytes it sent
    /// in the usage's <see cref="UsageDetails.AdditionalCounts"/> under <see cref="BytesSent"/>.
    /// </summary>
    /// <param name="model">The model's name on the server.</param>
    public IChatClient OpenChat(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        var bare = _client.GetChatClient(model).AsIChatClient();
        var limited = _endpoint.WantsMaxCompletionTokens ? bare : new MaxTokensChatClient(bare);
        return new QuoteSearchingChatClient(new RemoteChatClient(limited, model, _faults));
    }

    /// <summary>An embedding model: vectors of length 1 and one dimension, asked for 64 texts at a time; usage as for chat.</summary>
    /// <param name="model">The model's name on the server.</param>
    public IEmbeddingGenerator<string, Embedding<float>> OpenEmbedder(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        return new RemoteEmbedder(_client.GetEmbeddingClient(model), new EmbeddingGeneratorMetadata("openai", _endpoint.BaseUrl, model), _faults);
    }

    /// <summary>The name of the count of bytes of request bodies that left for the server, failed attempts included.</summary>
    public const string BytesSent = "tessera.bytesSent";

    /// <summary>Closes all connections; requests that run fail.</summary>
    public void Dispose()
    {
        _transport.Dispose();
        _http.Dispose();
    }
}
