using System.Net;
using System.Text.Json;
using Tessera.Host.Identity;

namespace Tessera.Integration;

/// <summary>A browser as far as the API cares: cookies, and the antiforgery token of our own pages.</summary>
internal sealed class TestSession : IDisposable
{
    private readonly SocketsHttpHandler handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };

    public TestSession(HostFixture host) => Http = host.Client(handler: handler);

    public HttpClient Http { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task SignInAsync(string name, string password) => Assert.True(await TrySignInAsync(name, password));

    public async Task<bool> TrySignInAsync(string name, string password)
    {
        var token = await TokenAsync();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = name, ["password"] = password, ["returnUrl"] = "/documents", [token.Field] = token.Value,
        });
        using var reply = await Http.PostAsync("/account/sign-in", form, Token);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        return reply.Headers.Location?.ToString() == "/documents";
    }

    /// <summary>The token for forms and, as a header, for the API.</summary>
    public async Task<(string Field, string Value)> TokenAsync()
    {
        var token = JsonDocument.Parse(await Http.GetStringAsync("/account/antiforgery", Token)).RootElement;
        Assert.Equal(CallerDoor.TokenHeader, token.Text("header"));
        return (token.Text("field"), token.Text("token"));
    }

    /// <summary>The cookies as a header says them.</summary>
    public string Cookies() => handler.CookieContainer.GetCookieHeader(Http.BaseAddress!);

    public void Dispose() => Http.Dispose();
}
