using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tessera.Integration;

/// <summary>Requests with JSON both ways.</summary>
internal static class Calls
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sends; the reply must have the status.</summary>
    public static async Task<JsonElement> CallAsync(
        this HttpClient client, HttpMethod method, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var reply = await client.SendJsonAsync(method, path, body);
        var text = await reply.Content.ReadAsStringAsync(Token);
        Assert.True(expected == reply.StatusCode, $"{(int)reply.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Sends; the reply must be the problem.</summary>
    public static async Task ProblemAsync(this HttpClient client, HttpMethod method, string path, object? body, int status, string code)
    {
        using var reply = await client.SendJsonAsync(method, path, body);
        await ProblemAssert.IsAsync(status, code, reply);
    }

    public static async Task<HttpResponseMessage> SendJsonAsync(this HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        return await client.SendAsync(request, Token);
    }

    public static Guid Id(this JsonElement element) => element.GetProperty("id").GetGuid();

    public static string Text(this JsonElement element, string field) => element.GetProperty(field).GetString()!;
}
