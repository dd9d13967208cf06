using System.Net;
using Tessera.Host.Identity;

namespace Tessera.Integration.Documents;

/// <summary>Hangfire's pages: for platform administrators, and for looking only.</summary>
public sealed class WorkersTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Platform_administrator_sees_workers_and_what_woke_them()
    {
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader, isPlatformAdministrator: true);
        foreach (var (page, sign) in new[] { ("", "Hangfire"), ("/servers", "<table"), ("/jobs/succeeded", "Succeeded") })
        {
            using var reply = await caller.Http.GetAsync(new Uri($"/workers{page}", UriKind.Relative), Token);
            var html = await reply.Content.ReadAsStringAsync(Token);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.Contains(sign, html, StringComparison.Ordinal);
            Assert.Contains("href=\"/workers/", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        }

        using var missing = await caller.Http.GetAsync(new Uri("/workers/nothing-here", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Nothing_can_be_changed_there()
    {
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader, isPlatformAdministrator: true);
        foreach (var order in (string[])["/recurring/remove", "/jobs/scheduled/delete", "/jobs/succeeded/requeue"])
        {
            using var form = new FormUrlEncodedContent([new("jobs[]", "1")]);
            using var reply = await caller.Http.PostAsync(new Uri($"/workers{order}", UriKind.Relative), form, Token);
            Assert.True(reply.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{order}: {reply.StatusCode}");
        }
    }

    [Fact]
    public async Task Nobody_else_comes_in()
    {
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator);
        using var reply = await caller.Http.GetAsync(new Uri("/workers", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
    }
}
