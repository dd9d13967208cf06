using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Integration.Identity;

public sealed class KeyTests(HostFixture host)
{
    private const string Root = "/api/v1/admin/keys";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_is_shown_once_and_opens_the_door_by_either_header()
    {
        var administrator = await AdministratorAsync();
        var made = await administrator.Http.CallAsync(
            HttpMethod.Post, Root, new { userId = administrator.UserId, name = "ci", scopes = new[] { "ask" } }, HttpStatusCode.Created);
        Assert.Equal(["id", "key"], made.EnumerateObject().Select(field => field.Name));
        var read = await administrator.Http.CallAsync(HttpMethod.Get, $"{Root}/{made.Id():D}");
        Assert.Equal(
            ["id", "userId", "tenantId", "name", "scopes", "createdAt", "expiresAt"], read.EnumerateObject().Select(field => field.Name));

        using var bearer = host.Client(made.Text("key"));
        await bearer.CallAsync(HttpMethod.Get, "/api/v1/domains");
        await bearer.ProblemAsync(HttpMethod.Get, Root, null, 403, "forbidden");
        using var header = host.Client();
        header.DefaultRequestHeaders.Add(KeyAuthentication.Header, made.Text("key"));
        await header.CallAsync(HttpMethod.Get, "/api/v1/domains");

        await administrator.Http.CallAsync(HttpMethod.Patch, $"{Root}/{made.Id():D}", new { scopes = new[] { "admin" } });
        await bearer.CallAsync(HttpMethod.Get, Root);
        await administrator.Http.CallAsync(HttpMethod.Delete, $"{Root}/{made.Id():D}", expected: HttpStatusCode.NoContent);
        await bearer.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
    }

    [Fact]
    public async Task Key_lies_as_its_hash_and_nowhere_else()
    {
        var administrator = await AdministratorAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Root)
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { userId = administrator.UserId, name = "ci" }),
        };
        request.Headers.Add("Idempotency-Key", "once");
        using var reply = await administrator.Http.SendAsync(request, Token);
        var made = System.Text.Json.JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Token)).RootElement;
        await using var scope = host.Services.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().ApiKeys.SingleAsync(key => key.Id == made.Id(), Token);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(made.Text("key"))), row.Hash);

        var secret = Encoding.UTF8.GetBytes(made.Text("key"));
        foreach (var file in Directory.EnumerateFiles(host.Options.DataFolder, "tessera.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, Token);
            Assert.True(bytes.AsSpan().IndexOf(secret) < 0, file);
        }
    }

    [Theory]
    [InlineData("tsk_")]
    [InlineData("tsk_00000000000000000000000000000001_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("a")]
    public async Task Key_that_is_none_opens_nothing(string key)
    {
        using var client = host.Client(key);
        await client.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
        await client.ProblemAsync(HttpMethod.Get, "/api/v1/nowhere", null, 401, "unauthenticated");
    }

    [Fact]
    public async Task Two_keys_in_one_request_are_none()
    {
        var administrator = await AdministratorAsync();
        using var client = host.Client(administrator.Key);
        client.DefaultRequestHeaders.Add(KeyAuthentication.Header, administrator.Key);
        await client.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
    }

    [Fact]
    public async Task Bad_key_is_not_made_good_by_a_session()
    {
        var administrator = await AdministratorAsync();
        using var session = new TestSession(host);
        await session.SignInAsync(administrator.UserName, administrator.Password);
        await session.Http.CallAsync(HttpMethod.Get, "/api/v1/domains");
        session.Http.DefaultRequestHeaders.Add(KeyAuthentication.Header, "a");
        await session.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
    }

    [Fact]
    public async Task Expired_key_opens_nothing()
    {
        var administrator = await AdministratorAsync();
        var expired = await host.AddCallerAsync(administrator.Tenant, TenantRole.Member);
        await expired.Http.CallAsync(HttpMethod.Get, "/api/v1/domains");
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().ApiKeys.Where(key => key.Id == expired.KeyId).ExecuteUpdateAsync(
            key => key.SetProperty(row => row.ExpiresAt, TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(1)), Token);
        await expired.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
    }

    [Theory]
    [InlineData("""{"name":"k","scopes":["everything"]}""", "invalid-request")]
    [InlineData("""{"name":"k","scopes":["ask","ask"]}""", "invalid-request")]
    [InlineData("""{"name":"k","scopes":[null]}""", "invalid-request")]
    [InlineData("""{"name":""}""", "invalid-request")]
    [InlineData("""{"name":"k","expiresAt":"2020-01-01T00:00:00Z"}""", "invalid-request")]
    [InlineData("""{"name":"k","expiresAt":"tomorrow"}""", "invalid-json")]
    [InlineData("""{"name":"k","tenantId":"0192f0c1-2d3e-7000-8000-000000000001"}""", "invalid-json")]
    public async Task Key_that_cannot_be_made_gets_a_problem(string body, string code)
    {
        var administrator = await AdministratorAsync();
        using var content = new StringContent(
            body.Replace("{\"name\"", $"{{\"userId\":\"{administrator.UserId}\",\"name\"", StringComparison.Ordinal), Encoding.UTF8, "application/json");
        await ProblemAssert.IsAsync(400, code, await administrator.Http.PostAsync(Root, content, Token));
    }

    [Fact]
    public async Task Key_of_the_operator_is_read_at_each_start_and_managed_by_nobody()
    {
        const string key = "a-key-of-the-operator-0123456789-abc";
        await using var own = await HostFixture.StartAsync(options => options with { AdminKey = key });
        using var client = own.Client(key);
        var keys = await client.CallAsync(HttpMethod.Get, Root);
        Assert.Empty(keys.GetProperty("items").EnumerateArray());
        await client.ProblemAsync(HttpMethod.Delete, $"{Root}/{CallerLookup.OperatorKeyId}", null, 404, "not-found");
    }

    private async Task<TestCaller> AdministratorAsync() => await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator);
}
