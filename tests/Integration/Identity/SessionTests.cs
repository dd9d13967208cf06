using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Integration.Identity;

public sealed class SessionTests(HostFixture host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sign_in_gives_a_cookie_that_scripts_cannot_read()
    {
        var caller = await CallerAsync();
        using var client = host.Client();
        var page = await client.GetAsync("/account/antiforgery", Token);
        var token = await page.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Token);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = caller.UserName, ["password"] = caller.Password, [token.Text("field")] = token.Text("token"),
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in") { Content = form };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var reply = await client.SendAsync(request, Token);
        Assert.Equal("/", reply.Headers.Location?.ToString());
        var cookie = Assert.Single(reply.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("tessera.session=", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Form_without_the_token_signs_nobody_in()
    {
        var caller = await CallerAsync();
        using var client = host.Client();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = caller.UserName, ["password"] = caller.Password });
        using var reply = await client.PostAsync("/account/sign-in", form, Token);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.False(reply.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Wrong_password_and_unknown_name_look_the_same()
    {
        var caller = await CallerAsync();
        using var session = new TestSession(host);
        Assert.False(await session.TrySignInAsync(caller.UserName, "not-this-password"));
        Assert.False(await session.TrySignInAsync("nobody-of-this-name", "not-this-password"));
        await session.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
    }

    [Fact]
    public async Task Ten_wrong_passwords_lock_the_right_one_out_for_a_while()
    {
        var caller = await CallerAsync();
        using var session = new TestSession(host);
        for (var i = 0; i < 10; i++)
        {
            Assert.False(await session.TrySignInAsync(caller.UserName, "not-this-password"));
        }

        Assert.False(await session.TrySignInAsync(caller.UserName, caller.Password));
    }

    [Fact]
    public async Task Session_on_the_api_changes_nothing_without_the_token()
    {
        var caller = await CallerAsync();
        using var session = new TestSession(host);
        await session.SignInAsync(caller.UserName, caller.Password);
        await session.Http.CallAsync(HttpMethod.Get, "/api/v1/admin/users");
        var body = new { tenantId = caller.Tenant.Value, name = $"u-{Guid.NewGuid():N}", role = "Reader" };
        await session.Http.ProblemAsync(HttpMethod.Post, "/api/v1/admin/users", body, 403, "cross-site");

        session.Http.DefaultRequestHeaders.Add(CallerDoor.TokenHeader, (await session.TokenAsync()).Value);
        await session.Http.CallAsync(HttpMethod.Post, "/api/v1/admin/users", body, HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task Session_from_another_site_is_refused_even_with_the_token(string header, string value)
    {
        var caller = await CallerAsync();
        using var session = new TestSession(host);
        await session.SignInAsync(caller.UserName, caller.Password);
        session.Http.DefaultRequestHeaders.Add(CallerDoor.TokenHeader, (await session.TokenAsync()).Value);
        session.Http.DefaultRequestHeaders.Add(header, value);
        await session.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 403, "cross-site");
        await session.Http.ProblemAsync(
            HttpMethod.Post, "/api/v1/admin/users", new { tenantId = caller.Tenant.Value, name = "a", role = "Reader" }, 403, "cross-site");
    }

    [Fact]
    public async Task Sign_out_ends_the_session_in_this_browser()
    {
        var caller = await CallerAsync();
        using var session = new TestSession(host);
        await session.SignInAsync(caller.UserName, caller.Password);
        var token = await session.TokenAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { [token.Field] = token.Value });
        using var reply = await session.Http.PostAsync("/account/sign-out", form, Token);
        Assert.Equal(AccountRoutes.SignInPage, reply.Headers.Location?.ToString());
        await session.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task Sign_in_leads_nowhere_else(string returnUrl)
    {
        var caller = await CallerAsync();
        using var session = new TestSession(host);
        var token = await session.TokenAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = caller.UserName, ["password"] = caller.Password, ["returnUrl"] = returnUrl, [token.Field] = token.Value,
        });
        using var reply = await session.Http.PostAsync("/account/sign-in", form, Token);
        Assert.Equal("/", reply.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Session_ends_when_the_stamp_changes()
    {
        var caller = await CallerAsync();
        using var session = new TestSession(host);
        await session.SignInAsync(caller.UserName, caller.Password);
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Users.Where(user => user.Id == caller.UserId)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.SecurityStamp, "another"), Token);
        await session.Http.ProblemAsync(HttpMethod.Get, "/api/v1/domains", null, 401, "unauthenticated");
    }

    private async Task<TestCaller> CallerAsync() => await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator);
}
