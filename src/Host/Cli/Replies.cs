using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tessera.Host.Cli;

/// <summary>Requests of commands: a problem becomes the command's failure.</summary>
internal static class Replies
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Sends and reads the body.</summary>
    /// <exception cref="CommandFailedException">The server said no, or could not be reached.</exception>
    public static async Task<JsonNode?> AskAsync(
        this ServerConnection server, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var reply = await server.Client.SendAsync(request, cancellationToken);
            var body = await reply.Content.ReadAsStringAsync(cancellationToken);
            return reply.IsSuccessStatusCode ? Json(body) : throw Refused(reply, body);
        }
        catch (HttpRequestException fault)
        {
            throw new CommandFailedException($"{server.Client.BaseAddress} does not answer: {fault.Message}", inner: fault);
        }
    }

    /// <inheritdoc cref="AskAsync"/>
    public static Task<JsonNode?> GetAsync(this ServerConnection server, string path, CancellationToken cancellationToken) =>
        server.AskAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <inheritdoc cref="AskAsync"/>
    public static Task<JsonNode?> PostAsync(this ServerConnection server, string path, object body, CancellationToken cancellationToken) =>
        server.AskAsync(HttpMethod.Post, path, JsonContent.Create(body), cancellationToken);

    /// <summary>Prints a body as the API gave it.</summary>
    public static void Print(JsonNode? body) => Console.WriteLine(body?.ToJsonString(Indented));

    private static JsonNode? Json(string body) => body.Length == 0 ? null : JsonNode.Parse(body);

    private static CommandFailedException Refused(HttpResponseMessage reply, string body)
    {
        try
        {
            if (Json(body) is JsonObject problem && (problem["detail"] ?? problem["title"]) is { } words)
            {
                return new CommandFailedException($"{words} ({problem["code"]})");
            }
        }
        catch (JsonException)
        {
            // Not one of our servers: its status must do.
        }

        return new CommandFailedException($"The server answered {(int)reply.StatusCode} {reply.ReasonPhrase}.");
    }
}
