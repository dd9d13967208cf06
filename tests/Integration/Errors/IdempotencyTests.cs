using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Integration.Errors;

public sealed class IdempotencyTests(HostFixture host)
{
    private const string Route = "/api/v1/admin/users";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Same_body_gets_the_first_reply_and_takes_effect_once()
    {
        var caller = await CallerAsync();
        var body = Body(caller);
        using var first = await SendAsync(caller, "once", body);
        using var again = await SendAsync(caller, "once", body);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Token), await again.Content.ReadAsStringAsync(Token));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues(Idempotency.ReplayedHeader)));
        Assert.Equal(2, (await caller.Http.CallAsync(HttpMethod.Get, Route)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Other_body_is_a_mismatch()
    {
        var caller = await CallerAsync();
        using var first = await SendAsync(caller, "once", Body(caller));
        await ProblemAssert.IsAsync(422, "idempotency-mismatch", await SendAsync(caller, "once", Body(caller)));
    }

    [Fact]
    public async Task Refusal_is_repeated_too()
    {
        var caller = await CallerAsync();
        var body = new { tenantId = caller.Tenant.Value, name = $"u-{Guid.NewGuid():N}", role = "Reader", password = "short" };
        await ProblemAssert.IsAsync(422, "weak-secret", await SendAsync(caller, "weak", body));
        using var again = await SendAsync(caller, "weak", body);
        Assert.True(again.Headers.Contains(Idempotency.ReplayedHeader));
        await ProblemAssert.IsAsync(422, "weak-secret", again);
    }

    [Fact]
    public async Task Key_belongs_to_a_caller_and_a_route()
    {
        var (one, other) = (await CallerAsync(), await CallerAsync());
        using var first = await SendAsync(one, "shared", Body(one));
        using var second = await SendAsync(other, "shared", Body(other));
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        using var elsewhere = await SendAsync(one, "shared", new { userId = one.UserId, name = "k" }, "/api/v1/admin/keys");
        Assert.Equal(HttpStatusCode.Created, elsewhere.StatusCode);
    }

    [Fact]
    public async Task First_that_still_runs_is_a_conflict_that_says_when_to_ask_again()
    {
        var caller = await CallerAsync();
        await using var scope = host.Scope(caller.Tenant);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        var body = Body(caller);
        using var sent = JsonContent.Create(body);
        rows.Replies.Add(new IdempotentReply
        {
            TenantId = caller.Tenant, UserId = caller.UserId, Route = $"POST {Route}", Key = "running", StartedAt = TimeProvider.System.GetUtcNow(),
            BodySha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
                System.Security.Cryptography.SHA256.HashData(await sent.ReadAsByteArrayAsync(Token)))),
        });
        await rows.SaveChangesAsync(Token);
        using var reply = await SendAsync(caller, "running", body);
        Assert.NotNull(reply.Headers.RetryAfter);
        await ProblemAssert.IsAsync(409, "idempotency-running", reply);
    }

    [Theory]
    [InlineData("with blank")]
    [InlineData("")]
    public async Task Key_that_is_none_is_refused(string key)
    {
        var caller = await CallerAsync();
        await ProblemAssert.IsAsync(400, "invalid-request", await SendAsync(caller, key, Body(caller)));
    }

    private static async Task<HttpResponseMessage> SendAsync(TestCaller caller, string key, object body, string route = Route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation(Idempotency.Header, key);
        return await caller.Http.SendAsync(request, Token);
    }

    private static object Body(TestCaller caller) => new { tenantId = caller.Tenant.Value, name = $"u-{Guid.NewGuid():N}", role = "Reader" };

    private async Task<TestCaller> CallerAsync() => await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator);
}
