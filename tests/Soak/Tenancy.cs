using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tessera.Soak;

/// <summary>Further tenants of a running host, each with an administrator of its own.</summary>
internal static class Tenancy
{
    /// <summary>A client that speaks for the administrator of a fresh tenant, and the tenant's id.</summary>
    public static async Task<(HttpClient Http, Guid Tenant)> AddAsync(SoakHost host, string name)
    {
        var tenant = (await PostAsync(host.Http, "/api/v1/admin/tenants", new { name })).GetProperty("id").GetGuid();
        var user = (await PostAsync(host.Http, "/api/v1/admin/users", new { tenantId = tenant, name, role = "TenantAdministrator" })).GetProperty("id").GetGuid();
        var key = (await PostAsync(host.Http, "/api/v1/admin/keys", new { userId = user, name })).GetProperty("key").GetString()!;
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 4096 }) { BaseAddress = host.Http.BaseAddress, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return (http, tenant);
    }

    /// <summary>Uploads papers and waits until they are searchable.</summary>
    public static async Task FillAsync(HttpClient http, IEnumerable<int> papers)
    {
        foreach (var paper in papers)
        {
            Assert.NotNull(await Papers.UploadAsync(http, paper, 1, TestContext.Current.CancellationToken));
        }

        await Papers.EndAsync(http);
    }

    public static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var reply = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {reply.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
