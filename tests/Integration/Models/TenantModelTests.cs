using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Integration.Models;

/// <summary>What tenants choose and where they let their text go.</summary>
public sealed class TenantModelTests
{
    private const string Url = "http://127.0.0.1:9/v1";

    [Fact]
    public async Task Tenant_chooses_among_the_installed_models()
    {
        await using var bench = await ModelBench.StartAsync();
        await bench.AddAsync(ModelBench.Make(), "one");
        await bench.AddAsync(ModelBench.Make("bert"), "vectors");
        var http = (await bench.Host.AddCallerAsync(bench.Tenant, TenantRole.TenantAdministrator)).Http;
        var address = $"/api/v1/admin/tenants/{bench.Tenant}/models";
        await PutAsync(new { role = "chat", model = "ONE" });
        await PutAsync(new { role = "chat", model = "none", domain = "legal" });
        var view = await http.CallAsync(HttpMethod.Get, address);
        Assert.Equal(
            """[{"domain":null,"role":"chat","model":"one"},{"domain":"legal","role":"chat","model":"none"}]""", view.GetProperty("items").GetRawText());
        Assert.Equal("""[{"name":"one","role":"chat"},{"name":"vectors","role":"embedding"}]""", view.GetProperty("available").GetRawText());
        await PutAsync(new { role = "chat", domain = "legal" });
        Assert.Equal(1, (await http.CallAsync(HttpMethod.Get, address)).GetProperty("items").GetArrayLength());

        await http.ProblemAsync(HttpMethod.Put, address, new { role = "chat", model = "two" }, 400, "invalid-request");
        await http.ProblemAsync(HttpMethod.Put, address, new { role = "chat", model = "vectors" }, 400, "invalid-request");
        await http.ProblemAsync(HttpMethod.Put, address, new { role = "painter", model = "one" }, 400, "invalid-request");
        await http.ProblemAsync(HttpMethod.Put, address, new { role = "chat", model = "one", domain = "nowhere" }, 404, "unknown-domain");

        Task<JsonElement> PutAsync(object body) => http.CallAsync(HttpMethod.Put, address, body, HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Key_of_a_server_elsewhere_is_sealed_never_shown_and_bound_to_that_server()
    {
        const string Secret = "sk-never-to-be-seen";
        await using var bench = await ModelBench.StartAsync();
        var address = $"/api/v1/admin/tenants/{bench.Tenant}/remote";
        Assert.Equal("""{"baseUrl":null,"keySet":false,"chatModel":null,"embeddingModel":null,"enabled":false}""", await RawAsync(HttpMethod.Get));
        var set = await RawAsync(HttpMethod.Put, new { baseUrl = Url, enabled = true, apiKey = Secret, chatModel = "m" });
        Assert.Equal($$"""{"baseUrl":"{{Url}}","keySet":true,"chatModel":"m","embeddingModel":null,"enabled":true}""", set);
        Assert.Equal(set, await RawAsync(HttpMethod.Get));
        await using (var scope = bench.Host.Scope(bench.Tenant))
        {
            var row = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().TenantRemotes.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(Secret, row.SealedKey, StringComparison.Ordinal);
        }

        Assert.Contains("\"keySet\":true", await RawAsync(HttpMethod.Put, new { baseUrl = Url + "/x", enabled = true, chatModel = "m" }), StringComparison.Ordinal);
        Assert.Contains("\"keySet\":false", await RawAsync(HttpMethod.Put, new { baseUrl = "http://127.0.0.2:9/v1", enabled = true, chatModel = "m" }), StringComparison.Ordinal);
        await RawAsync(HttpMethod.Put, new { baseUrl = Url, enabled = true, apiKey = Secret, chatModel = "m" });
        Assert.Contains("\"keySet\":false", await RawAsync(HttpMethod.Put, new { baseUrl = Url, enabled = false, apiKey = "" }), StringComparison.Ordinal);
        await bench.Http.CallAsync(HttpMethod.Delete, address, null, HttpStatusCode.NoContent);
        Assert.Contains("\"baseUrl\":null", await RawAsync(HttpMethod.Get), StringComparison.Ordinal);

        async Task<string> RawAsync(HttpMethod method, object? body = null) => (await bench.Http.CallAsync(method, address, body)).GetRawText();
    }

    [Fact]
    public async Task Server_elsewhere_that_cannot_be_is_refused()
    {
        await using var bench = await ModelBench.StartAsync();
        foreach (var body in (object[])
            [
                new { baseUrl = "http://169.254.169.254/v1", enabled = true, chatModel = "m" },
                new { baseUrl = "nonsense", enabled = false },
                new { baseUrl = Url, enabled = true },
                new { baseUrl = Url, enabled = true, chatModel = "two\nlines" },
                new { baseUrl = Url, enabled = true, chatModel = "m", apiKey = "a b" },
            ])
        {
            await bench.Http.ProblemAsync(HttpMethod.Put, $"/api/v1/admin/tenants/{bench.Tenant}/remote", body, 400, "invalid-request");
        }
    }

    [Fact]
    public async Task Platform_administrator_has_no_say_in_where_a_tenants_text_goes()
    {
        await using var bench = await ModelBench.StartAsync();
        var other = await bench.Host.AddTenantAsync();
        await bench.Http.ProblemAsync(
            HttpMethod.Put, $"/api/v1/admin/tenants/{other}/remote", new { baseUrl = Url, enabled = true, chatModel = "m" }, 404, "not-found");
    }
}
