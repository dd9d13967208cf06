using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Identity;
using Tessera.Integration.Documents;
using Tessera.Integration.Indexes;

namespace Tessera.Integration.Tenants.Worlds;

/// <summary>Some tenants on one host, with the same names, questions and partly the same texts. Every reply that any of them gets is looked through for what is another's.</summary>
internal sealed class TenantWorld
{
    public const string Domain = Documents.TestDomain.Id;

    private TenantWorld(HostFixture host, TestCaller platform) => (Host, Platform) = (host, platform);

    public HostFixture Host { get; }

    /// <summary>The platform's administrator, of none of these tenants.</summary>
    public TestCaller Platform { get; }

    /// <summary>Those that are there.</summary>
    public List<WorldTenant> Tenants { get; } = [];

    /// <summary>How many replies were looked through.</summary>
    public int Replies { get; private set; }

    public static async Task<TenantWorld> MakeAsync(HostFixture host, int tenants)
    {
        Documents.TestDomain.PutIn(host.Services, models: new FakeEmbedder('e').Models);
        var platform = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader, isPlatformAdministrator: true);
        var world = new TenantWorld(host, platform);
        for (var number = 0; number < tenants; number++)
        {
            var token = WorldTenant.Sign + string.Concat(Guid.NewGuid().ToByteArray().Select(x => (char)('a' + (x % 26))));
            world.Tenants.Add(new WorldTenant(await host.AddCallerAsync(await host.AddTenantAsync(token), TenantRole.TenantAdministrator), token));
        }

        foreach (var tenant in world.Tenants)
        {
            await WorldSeed.PlantAsync(world, tenant);
        }

        return world;
    }

    public WorldTenant At(int number) => Tenants[number % Tenants.Count];

    /// <summary>Another one than this.</summary>
    public WorldTenant Other(WorldTenant than, int number) => Tenants[(Tenants.IndexOf(than) + 1 + (number % (Tenants.Count - 1))) % Tenants.Count];

    public IEnumerable<WorldTenant> Others(WorldTenant than) => Tenants.Where(tenant => tenant != than);

    /// <summary>Sends, and looks the reply through; it must have the status.</summary>
    public async Task<JsonElement> CallAsync(WorldTenant tenant, HttpMethod method, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var (status, text) = await SendAsync(tenant, method, path, body);
        Assert.True(status == expected, $"{method} {path}: {(int)status} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Sends, and looks the reply through.</summary>
    public async Task<(HttpStatusCode Status, string Text)> SendAsync(WorldTenant tenant, HttpMethod method, string path, object? body = null, string? once = null)
    {
        var json = body is null or HttpContent ? null : JsonSerializer.Serialize(body);
        using var request = new HttpRequestMessage(method, path) { Content = body as HttpContent ?? (json is null ? null : new StringContent(json, Encoding.UTF8, "application/json")) };
        if (once is not null)
        {
            request.Headers.Add("Idempotency-Key", once);
        }

        using var reply = await tenant.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Check(tenant, $"{method} {path}", $"{reply.Headers}{text}", sent: path + json);
        return (reply.StatusCode, text);
    }

    /// <summary>Nothing of another tenant stands in what one was told; but for ids that it had sent itself.</summary>
    public void Check(WorldTenant tenant, string where, string told, string sent = "")
    {
        Replies++;
        foreach (var other in Others(tenant))
        {
            Assert.False(told.Contains(other.Token, StringComparison.OrdinalIgnoreCase), $"{where} tells another tenant's text: {told}");
            var leaked = other.Ids.FirstOrDefault(id => told.Contains($"{id:D}", StringComparison.OrdinalIgnoreCase) && !sent.Contains($"{id:D}", StringComparison.OrdinalIgnoreCase));
            Assert.True(leaked == default, $"{where} tells another tenant's id {leaked}: {told}");
        }
    }

    /// <summary>Returns when searches see each document of a tenant.</summary>
    public async Task SettleAsync(WorldTenant tenant)
    {
        foreach (var paper in tenant.Papers.Values)
        {
            await tenant.Http.SearchableAsync(paper.Id);
        }
    }
}
