using Tessera.Conformance;
using Tessera.Rag.Retrieval.Stores.Qdrant;
using Tessera.Unit.Rag.Retrieval.Stores.Qdrant;

namespace Tessera.Unit.Rag.Retrieval.Stores;

/// <summary>Against the stand-in; against a server where <c>TESSERA_QDRANT</c> says one's address. All that is sent and answered is checked.</summary>
public sealed class QdrantChunkStoresTests : ChunkStoreConformance<QdrantChunkStores>
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("TESSERA_QDRANT");

    private readonly QdrantStandIn _standIn = new();
    private readonly QdrantOptions _options = new(new Uri(Server ?? "http://stand-in/")) { Prefix = $"t{Guid.NewGuid():N}", ApiKey = Environment.GetEnvironmentVariable("TESSERA_QDRANT_KEY") };

    protected override QdrantChunkStores Connect() => new(_options, handler: new QdrantApiCheck(Inner()));

    protected override void Clean()
    {
        if (Server is null)
        {
            return;
        }

        using var http = Http();
        foreach (var name in Collections(http))
        {
            using var gone = http.Send(new HttpRequestMessage(HttpMethod.Delete, $"collections/{name}"));
        }
    }

    protected override bool Holds(string text)
    {
        if (Server is null)
        {
            return _standIn.Holds(text);
        }

        using var http = Http();
        return Collections(http).Any(name => Ask(http, HttpMethod.Post, $"collections/{name}/points/scroll", """{"limit":100000}""").Contains(text, StringComparison.Ordinal));
    }

    private HttpMessageHandler Inner() => Server is null ? _standIn.Connect() : new SocketsHttpHandler();

    private HttpClient Http()
    {
        var http = new HttpClient { BaseAddress = _options.Url };
        if (_options.ApiKey is { } key)
        {
            http.DefaultRequestHeaders.Add("api-key", key);
        }

        return http;
    }

    private IEnumerable<string> Collections(HttpClient http) => Ask(http, HttpMethod.Get, "collections", null).Split('"').Where(x => x.StartsWith(_options.Prefix + "_", StringComparison.Ordinal));

    private static string Ask(HttpClient http, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        using var reply = http.Send(request);
        using var reader = new StreamReader(reply.Content.ReadAsStream());
        return reader.ReadToEnd();
    }
}
