using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Identity;

namespace Tessera.Integration.Access;

/// <summary>Every route of the host × every kind of caller × own, foreign and absent ids.</summary>
public sealed partial class AccessMatrixTests(HostFixture host)
{
    public static TheoryData<string> Roles => [.. AccessTable.Roles.Keys];

    private IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    [Fact]
    public void Route_has_its_row_and_asks_for_the_right_in_it()
    {
        Assert.True(Endpoints.Count > 30);
        Assert.Empty(Faults(Endpoints));
        Assert.Empty(AccessTable.Rows.Where(row => !Endpoints.SelectMany(Names).Any(row.Covers)).Select(row => row.Route));
    }

    [Fact]
    public void Offenders_are_caught()
    {
        Assert.Equal(["GET /api/v1/secrets: no row"], Faults([Route("/api/v1/secrets", "GET")]));
        Assert.Equal(["ANY /api/v1/domains: no row"], Faults([Route("/api/v1/domains")]));
        Assert.Equal(["GET /api/v1/domains: nobody is asked for SeeDomains"], Faults([Route("/api/v1/domains", "GET")]));
        Assert.Equal(
            ["GET /api/v1/admin/plugins: nobody is asked for ManagePlatform"],
            Faults([Route("/api/v1/admin/plugins", "GET", new RequiredRight(Right.Ask))]));
        Assert.Equal(
            ["GET /api/v1/admin/plugins: nobody is asked for ManagePlatform"],
            Faults([Route("/api/v1/admin/plugins", "GET", new RequiredRight(Right.ManagePlatform), new AllowAnonymousAttribute())]));
        Assert.Equal(["GET /health/live: not open to anybody"], Faults([Route("/health/live", "GET")]));
        Assert.Equal(["GET /{**path:file}: no row"], Faults([Route("/{**path:file}", "GET", new AllowAnonymousAttribute())]));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Caller_gets_what_the_table_says(string role)
    {
        var world = await AccessWorld.MakeAsync(host, role);
        var faults = new List<string>();
        foreach (var row in AccessTable.Rows)
        {
            await CheckAsync(world, row, faults);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task CheckAsync(AccessWorld world, AccessRow row, List<string> faults)
    {
        var rights = AccessTable.Roles[world.Role];
        var own = await SendAsync(world, row, await world.OwnAsync(row));
        if (row.Status == 0)
        {
            // Browsers are led to the sign-in page.
            var refused = own.StartsWith("302 ", StringComparison.Ordinal) || own.StartsWith('4');
            if (!refused && !rights.Contains(row.Right!.Value))
            {
                faults.Add($"{row.Route}: a refusal expected, got {own}");
            }

            return;
        }

        if (row.Right is { } right && !rights.Contains(right))
        {
            // The same for every id: who may not come in learns nothing of what is inside.
            var refusal = rights.Length == 0 ? 401 : 403;
            foreach (var reply in (string[])[own, await SendAsync(world, row, await world.ForeignAsync(row)), await SendAsync(world, row, AccessWorld.Absent(row))])
            {
                Expect($"{refusal} ", reply);
            }

            return;
        }

        Expect($"{row.Status} ", own);
        if (row.Target == Target.None)
        {
            return;
        }

        var absent = await SendAsync(world, row, AccessWorld.Absent(row));
        Expect("404 ", absent);
        if (row.Target is Target.Plugin or Target.Model or Target.Pull)
        {
            return;
        }

        var foreign = await SendAsync(world, row, await world.ForeignAsync(row));
        Expect(row.Right == Right.Administer || row.Right == Right.ManagePlatform ? world.IsPlatform ? $"{row.Status} " : absent : absent, foreign);

        void Expect(string start, string reply)
        {
            if (!reply.StartsWith(start, StringComparison.Ordinal))
            {
                faults.Add($"{row.Route}: {start.Trim()} expected, got {reply}");
            }
        }
    }

    private static async Task<string> SendAsync(AccessWorld world, AccessRow row, string id)
    {
        using var request = new HttpRequestMessage(row.Method, row.Path(id)) { Content = row.Body?.Invoke(id) };
        using var reply = await world.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return $"{(int)reply.StatusCode} {reply.Content.Headers.ContentType} {TraceId().Replace(body, "")}";
    }

    private static IEnumerable<string> Faults(IEnumerable<RouteEndpoint> endpoints) =>
        from endpoint in endpoints
        from name in Names(endpoint)
        let fault = Fault(name, endpoint.Metadata)
        where fault is not null
        select $"{name}: {fault}";

    private static string? Fault(string name, EndpointMetadataCollection metadata)
    {
        var open = metadata.GetMetadata<IAllowAnonymous>() is not null;
        if (metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            return open ? null : "not open to anybody";
        }

        return AccessTable.Rows.FirstOrDefault(row => row.Covers(name)) switch
        {
            null => "no row",
            { Right: null } => open ? null : "not open to anybody",
            { Right: { } right } => !open && metadata.GetMetadata<RequiredRight>()?.Right == right ? null : $"nobody is asked for {right}",
        };
    }

    private static IEnumerable<string> Names(RouteEndpoint endpoint) =>
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
        select $"{method} /{endpoint.RoutePattern.RawText?.Trim('/')}";

    private static RouteEndpoint Route(string pattern, string? method = null, params object[] metadata) => new(
        _ => Task.CompletedTask, RoutePatternFactory.Parse(pattern), 0,
        new EndpointMetadataCollection(method is null ? metadata : [new HttpMethodMetadata([method]), .. metadata]), pattern);

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.NonBacktracking)]
    private static partial Regex TraceId();
}
