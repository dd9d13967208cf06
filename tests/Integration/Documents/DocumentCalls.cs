using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tessera.Integration.Documents;

/// <summary>What tests ask of documents over HTTP.</summary>
internal static class DocumentCalls
{
    public const string Route = $"/api/v1/domains/{TestDomain.Id}/documents";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static MultipartFormDataContent Form(byte[] bytes, string name, params (string Field, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        form.Add(new ByteArrayContent(bytes), "file", "unnamed");
        form.Add(new StringContent(name), "name");
        return form;
    }

    public static Task<HttpResponseMessage> UploadAsync(
        this HttpClient client, byte[] bytes, string name, params (string Field, string Value)[] fields) =>
        client.PostAsync(new Uri(Route, UriKind.Relative), Form(bytes, name, fields), TestContext.Current.CancellationToken);

    /// <summary>Uploads and expects 202.</summary>
    public static async Task<Guid> AddAsync(this HttpClient client, byte[] bytes, string name, params (string Field, string Value)[] fields)
    {
        using var response = await client.UploadAsync(bytes, name, fields);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        var id = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("id").GetGuid();
        Assert.Equal($"/api/v1/documents/{id:D}", response.Headers.Location?.OriginalString);
        return id;
    }

    public static Task<Guid> AddAsync(this HttpClient client, string text, string name, params (string Field, string Value)[] fields) =>
        client.AddAsync(Encoding.UTF8.GetBytes(text), name, fields);

    /// <summary>Asks until the document is Searchable or Failed.</summary>
    public static async Task<JsonElement> EndAsync(this HttpClient client, Guid id)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var document = await client.GetJsonAsync($"/api/v1/documents/{id}");
            if (document.GetProperty("status").GetString() is "Searchable" or "Failed")
            {
                return document;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"Still {document.GetProperty("status")}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the document can be searched.</summary>
    public static async Task<JsonElement> SearchableAsync(this HttpClient client, Guid id)
    {
        var document = await client.EndAsync(id);
        Assert.True(document.GetProperty("status").GetString() == "Searchable", document.ToString());
        return document;
    }

    public static Task<JsonElement> GetJsonAsync(this HttpClient client, string path) =>
        client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    public static Task<string> TextAsync(this HttpClient client, Guid id) =>
        client.GetStringAsync(new Uri($"/api/v1/documents/{id}/content?format=text", UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>All chunks, page by page.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ChunksAsync(this HttpClient client, Guid id, int limit = 200)
    {
        var chunks = new List<JsonElement>();
        for (string? cursor = null; ;)
        {
            var page = await client.GetJsonAsync($"/api/v1/documents/{id}/chunks?limit={limit}&cursor={cursor}");
            chunks.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
            if (cursor is null)
            {
                return chunks;
            }
        }
    }

    /// <summary>Expects a problem of this kind that says something.</summary>
    public static async Task ExpectProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.True(problem.GetProperty("detail").GetString()!.Length > 10);
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
    }
}
