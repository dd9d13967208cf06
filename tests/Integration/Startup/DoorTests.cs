using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Identity;

namespace Tessera.Integration.Startup;

public sealed class DoorTests(HostFixture host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:1234", 200)]
    public async Task Host_header_is_one_of_ours(string name, int status)
    {
        using var client = host.Client();
        client.DefaultRequestHeaders.Host = name;
        using var reply = await client.GetAsync("/health/live", Token);
        Assert.Equal(status, (int)reply.StatusCode);
        if (status == 400)
        {
            await ProblemAssert.IsAsync(400, "invalid-host", reply);
        }
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/api/v1/domains")]
    [InlineData("/scalar/")]
    [InlineData("/sign-in")]
    public async Task Reply_carries_the_security_headers(string path)
    {
        using var client = host.Client();
        using var reply = await client.GetAsync(path, Token);
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(reply.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(reply.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(reply.Headers.GetValues("Cross-Origin-Resource-Policy")));
        var policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.False(reply.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Reply_of_the_api_is_kept_by_nobody()
    {
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader);
        using var reply = await caller.Http.GetAsync("/api/v1/domains", Token);
        Assert.True(reply.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Address_that_is_none_and_id_that_is_none_look_like_an_absent_id()
    {
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator);
        foreach (var path in (string[])["/api/v1/nowhere", "/api/v1/documents/1", "/api/v1/admin/users/../x", "/api/v1/nowhere.txt", "/nowhere.pdf", $"/api/v1/documents/{Guid.NewGuid()}"])
        {
            await caller.Http.ProblemAsync(HttpMethod.Get, path, null, 404, "not-found");
        }

        // Not 405 either, as if there were a file of this name.
        await caller.Http.ProblemAsync(HttpMethod.Post, "/api/v1/nowhere.txt", null, 404, "not-found");
    }

    [Fact]
    public async Task Address_that_is_none_is_told_to_a_browser_as_a_page()
    {
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.Accept.ParseAdd("text/html");
        using var reply = await caller.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("text/html", reply.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Method_and_content_type_that_are_not_taken_get_a_problem()
    {
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator);
        await caller.Http.ProblemAsync(HttpMethod.Put, "/api/v1/domains", null, 405, "method-not-allowed");
        using var text = new StringContent("name=a", Encoding.UTF8, "text/plain");
        await ProblemAssert.IsAsync(415, "unsupported-media-type", await caller.Http.PostAsync("/api/v1/admin/keys", text, Token));
    }

    [Fact]
    public async Task Description_covers_every_route_of_the_api()
    {
        using var client = host.Client();
        var paths = (await client.CallAsync(HttpMethod.Get, "/openapi/v1.json")).GetProperty("paths");
        var described = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(
            operation => $"{operation.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}")).ToHashSet(StringComparer.Ordinal);
        var routes = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0]} /{endpoint.RoutePattern.RawText?.Trim('/')}")
            .Where(route => route.Contains(" /api/", StringComparison.Ordinal))
            .Select(route => route.Replace(":guid}", "}", StringComparison.Ordinal)).ToList();
        Assert.True(routes.Count > 25);
        Assert.Empty(routes.Except(described));
        Assert.DoesNotContain("GET /api/v1/not-there", described);
    }
}
