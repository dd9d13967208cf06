using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tessera.Host.Identity;
using Tessera.Host.Observability;
using Tessera.Integration.Documents;
using Tessera.Rag.Telemetry;

namespace Tessera.Integration.Observability;

/// <summary>What leaves for a collector and what <c>/metrics</c> prints holds nothing that users wrote.</summary>
public sealed class SecrecyTests
{
    private const string Name = "qanaryfile";
    private const string Text = "qanarytext";
    private const string Question = "qanaryquestion";
    private const string Folder = "qanaryfolder";
    private const string Tag = "qanarytag";
    private const string Any = "qanary";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collector_and_metrics_learn_nothing_that_users_wrote()
    {
        await using var collector = await FakeCollector.StartAsync();
        string printed;
        var host = await StartAsync(collector);
        await using (host)
        {
            printed = await LiveAsync(host);
        }

        foreach (var span in (string[])["tessera.job", "tessera.read", "tessera.cut", "tessera.store", "tessera.answer", "tessera.retrieve", "tessera.search", "tessera.judge", "/api/v1/domains/{domain}/answers"])
        {
            Assert.True(collector.Count("traces", span) > 0, $"No span {span} came.");
        }

        Assert.True(collector.Count("metrics", "tessera.answer.duration") > 0);
        Assert.True(collector.Count("logs", "Job {Job} failed") > 0);
        Assert.True(collector.Count("logs", "was not authenticated") > 0);
        Assert.Contains("tessera_questions", printed, StringComparison.Ordinal);
        Assert.Equal(["a-token"], collector.Tokens);
        Assert.Equal(0, collector.Count(null, Any));
        Assert.DoesNotContain(Any, printed, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Offenders_are_caught()
    {
        await using var collector = await FakeCollector.StartAsync();
        var host = await StartAsync(collector);
        await using (host)
        {
            using var source = new ActivitySource(EngineTelemetry.Name);
            source.StartActivity("named-qanaryspan")?.Dispose();
            source.StartActivity("tagged")?.SetTag("tessera.kind", "qanaryallowed").SetTag("tessera.other", "qanaryfenced").SetTag("url.path", "/qanaryfenced").Dispose();
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Tessera.Offender");
            logger.LogWarning(new InvalidOperationException("qanaryfenced"), "Said {What}", "qanaryline");
            using var scope = logger.BeginScope(new Dictionary<string, object> { ["RequestPath"] = "/qanaryfenced" });
            logger.LogWarning("Within a request");
        }

        Assert.True(collector.Count("traces", "qanaryspan") > 0);
        Assert.True(collector.Count("traces", "qanaryallowed") > 0);
        Assert.True(collector.Count("logs", "qanaryline") > 0);
        Assert.True(collector.Count("logs", nameof(InvalidOperationException)) > 0);
        Assert.Equal(0, collector.Count(null, "qanaryfenced"));
    }

    [Fact]
    public async Task Nothing_is_sent_where_no_collector_is_named()
    {
        await using var host = await HostFixture.StartAsync();
        Assert.Null(host.Services.GetService<OpenTelemetry.Trace.TracerProvider>());
        Assert.Null(host.Services.GetService<OpenTelemetry.Logs.LoggerProvider>());
    }

    private static Task<HostFixture> StartAsync(FakeCollector collector) => HostFixture.StartAsync(options => options with
    {
        OtlpEndpoint = collector.Address, OtlpProtocol = "http/protobuf", OtlpHeaders = "x-collector-token=a-token",
    });

    // Everything that a user can write, in every place that is not a document's own.
    private static async Task<string> LiveAsync(HostFixture host)
    {
        var broken = new Documents.TestDomain { Before = (document, _) => document.Name.Contains("broken", StringComparison.Ordinal) ? throw new InvalidOperationException($"{Text} in {document.Name}") : Task.CompletedTask };
        Documents.TestDomain.PutIn(host.Services, broken);
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator, isPlatformAdministrator: true);
        var http = caller.Http;
        http.DefaultRequestHeaders.UserAgent.ParseAdd("qanaryagent/1");
        http.DefaultRequestHeaders.Add("tracestate", "qanary=state");
        http.DefaultRequestHeaders.Add("baggage", "qanary=baggage");
        var good = await http.AddAsync($"The {Text} weighs nine stones.", $"{Name}.txt", ("folder", Folder), ("tags", Tag));
        await http.SearchableAsync(good);
        var bad = await http.AddAsync($"{Text} of no use", $"{Name}-broken.txt", ("folder", Folder));
        Assert.Equal("Failed", (await http.EndAsync(bad)).GetProperty("status").GetString());
        await host.ExpectStatusAsync(http, "/answers", new { question = $"How much does the {Text} weigh, {Question}?" });
        await host.ExpectStatusAsync(http, "/answers", new { question = Question });
        await host.ExpectStatusAsync(http, "/search", new { query = Question, filter = new { folders = new[] { Folder }, tags = new[] { Tag } } });
        foreach (var lost in (string[])[$"/api/v1/{Any}", $"/api/v1/domains/{Any}/documents", $"/api/v1/documents/{good}/content?format={Any}", $"/{Any}.pdf?{Any}={Any}", $"/v1/models/{Any}"])
        {
            using var reply = await http.GetAsync(lost, Token);
            Assert.InRange((int)reply.StatusCode, 400, 499);
        }

        using (var stranger = host.Client("not-a-key"))
        {
            using var reply = await stranger.GetAsync($"/api/v1/{Any}?{Any}={Any}", Token);
            Assert.Equal(401, (int)reply.StatusCode);
        }

        using var torn = await http.PostAsync($"/api/v1/domains/{Documents.TestDomain.Id}/answers", new StringContent($"{{\"{Any}\":", Encoding.UTF8, "application/json"), Token);
        Assert.Equal(400, (int)torn.StatusCode);
        return await http.GetStringAsync("/metrics", Token);
    }
}

file static class Asking
{
    public static async Task ExpectStatusAsync(this HostFixture host, HttpClient http, string route, object body)
    {
        ArgumentNullException.ThrowIfNull(host);
        using var reply = await http.PostAsJsonAsync($"/api/v1/domains/{Documents.TestDomain.Id}{route}", body, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)reply.StatusCode);
    }
}
