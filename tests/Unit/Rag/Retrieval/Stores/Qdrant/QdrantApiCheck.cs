using System.Text.Json;
using System.Web;

namespace Tessera.Unit.Rag.Retrieval.Stores.Qdrant;

/// <summary>
/// Holds every request and every answer against Qdrant's public OpenAPI document: route, query, fields, types. Whichever side is wrong, the call fails.
/// </summary>
internal sealed class QdrantApiCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly Lazy<JsonElement?> Document = new(Read);
    private static readonly Lazy<ApiSchema> Schema = new(() => new ApiSchema(Document.Value!.Value));

    /// <summary>What a test that lacks the document says when it is skipped.</summary>
    public const string Missing = "../shared/data/qdrant/openapi.json is not on this machine.";

    /// <summary>Whether the document is here; where it is not, nothing is checked.</summary>
    public static bool IsHere => Document.Value is not null;

    /// <summary>What is wrong with a request; null where nothing is.</summary>
    public static string? Wrong(HttpMethod method, string pathAndQuery, JsonElement? body)
    {
        var parts = pathAndQuery.Split('?', 2);
        if (Operation(method, parts[0]) is not { } operation)
        {
            return $"{method} {parts[0]} is no route";
        }

        var known = operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().Where(x => x.GetProperty("in").GetString() == "query").ToList() : [];
        foreach (var pair in parts.Length > 1 ? parts[1].Split('&') : [])
        {
            var (name, text) = (pair.Split('=')[0], HttpUtility.UrlDecode(pair.Split('=')[1]));
            var parameter = known.FirstOrDefault(x => x.GetProperty("name").GetString() == name);
            var value = JsonSerializer.SerializeToElement(bool.TryParse(text, out var yes) ? yes : long.TryParse(text, out var number) ? number : (object)text);
            if (parameter.ValueKind == JsonValueKind.Undefined || Schema.Value.Wrong(value, parameter.GetProperty("schema"), name) is not null)
            {
                return $"{name}={text} is no parameter";
            }
        }

        var needs = operation.TryGetProperty("requestBody", out var described) && described.GetProperty("content").TryGetProperty("application/json", out var json) ? json : (JsonElement?)null;
        return (needs, body) switch
        {
            ({ } schema, { } sent) => Schema.Value.Wrong(sent, schema.GetProperty("schema")),
            (null, { } _) => "it takes no JSON",
            _ => null,
        };
    }

    /// <summary>What is wrong with an answer; null where nothing is.</summary>
    public static string? Wrong(HttpMethod method, string path, int status, JsonElement body)
    {
        var answers = Operation(method, path.Split('?')[0])!.Value.GetProperty("responses");
        var described = answers.TryGetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture), out var own) ? own : answers.GetProperty("4XX");
        return Schema.Value.Wrong(body, described.GetProperty("content").GetProperty("application/json").GetProperty("schema"));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        var isJson = request.Content?.Headers.ContentType?.MediaType == "application/json";
        JsonElement? sent = isJson ? JsonSerializer.Deserialize<JsonElement>(await request.Content!.ReadAsByteArrayAsync(cancellationToken)) : null;
        if (IsHere && Wrong(request.Method, path, sent) is { } wrong)
        {
            throw new InvalidOperationException($"The request {request.Method} {path}: {wrong}");
        }

        var reply = await base.SendAsync(request, cancellationToken);
        if (IsHere && (int)reply.StatusCode < 500 && reply.Content.Headers.ContentType?.MediaType == "application/json")
        {
            await reply.Content.LoadIntoBufferAsync(cancellationToken);
            var body = JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsByteArrayAsync(cancellationToken));
            if (Wrong(request.Method, path, (int)reply.StatusCode, body) is { } odd)
            {
                throw new InvalidOperationException($"The answer to {request.Method} {path}: {odd}");
            }
        }

        return reply;
    }

    private static JsonElement? Operation(HttpMethod method, string path)
    {
        var parts = path.Trim('/').Split('/');
        return Document.Value!.Value.GetProperty("paths").EnumerateObject()
            .Where(x => x.Value.TryGetProperty(method.Method.ToLowerInvariant(), out _) && Fits(x.Name.Trim('/').Split('/')))
            .OrderBy(x => x.Name.Count(unit => unit == '{'))
            .Select(x => (JsonElement?)x.Value.GetProperty(method.Method.ToLowerInvariant()))
            .FirstOrDefault();

        bool Fits(string[] template) => template.Length == parts.Length && template.Zip(parts).All(x => x.First.StartsWith('{') || x.First == x.Second);
    }

    private static JsonElement? Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        var file = Path.Combine(folder?.FullName ?? "", "..", "shared", "data", "qdrant", "openapi.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(file)) : null;
    }
}
