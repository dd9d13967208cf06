using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Tessera.Host.Identity;
using Tessera.Host.Observability;
using Tessera.Integration.Documents;
using Tessera.Rag.Telemetry;

namespace Tessera.Integration.Observability;

/// <summary>One trace from a question to its answer, and from an upload to Searchable.</summary>
public sealed class TraceTests(HostFixture host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_is_one_trace_from_the_request_to_the_answer()
    {
        Documents.TestDomain.PutIn(host.Services);
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Member);
        await caller.Http.SearchableAsync(await caller.Http.AddAsync("The anchor weighs nine hundredweight.", "anchor.txt"));
        foreach (var stream in (bool[])[false, true])
        {
            using var heard = new Heard();
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/domains/{Documents.TestDomain.Id}/answers")
            {
                Content = JsonContent.Create(new { question = "How much does the anchor weigh?", stream }),
            };
            request.Headers.Add("traceparent", heard.TraceParent);
            using var reply = await caller.Http.SendAsync(request, Token);
            await reply.Content.ReadAsStringAsync(Token);

            var spans = await heard.UntilAsync("Microsoft.AspNetCore.Hosting.HttpRequestIn");
            var answer = Assert.Single(spans, span => span.OperationName == "tessera.answer");
            Assert.Equal("Microsoft.AspNetCore.Hosting.HttpRequestIn", Parent(spans, answer));
            Assert.Equal("answered", answer.GetTagItem("tessera.outcome"));
            Assert.Equal("tessera.answer", Parent(spans, Assert.Single(spans, span => span.OperationName == "tessera.retrieve")));
            Assert.Equal("tessera.answer", Parent(spans, Assert.Single(spans, span => span.OperationName == "tessera.judge")));
            Assert.All(spans.Where(span => span.OperationName is "tessera.search" or "tessera.rank"), span => Assert.Equal("tessera.retrieve", Parent(spans, span)));
            Assert.Equal(caller.Tenant.ToString(), Assert.Single(spans, span => span.Parent is null && span.OperationName.StartsWith("Microsoft", StringComparison.Ordinal)).GetTagItem("tessera.tenant"));
        }
    }

    [Fact]
    public async Task Upload_is_one_trace_from_the_request_to_searchable()
    {
        Documents.TestDomain.PutIn(host.Services);
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Member);
        using var heard = new Heard();
        caller.Http.DefaultRequestHeaders.Add("traceparent", heard.TraceParent);
        var document = await caller.Http.AddAsync("The anchor weighs nine hundredweight.", "anchor.txt");
        caller.Http.DefaultRequestHeaders.Remove("traceparent");
        await caller.Http.SearchableAsync(document);

        var spans = await heard.UntilAsync("tessera.job");
        var job = Assert.Single(spans, span => span.OperationName == "tessera.job");
        Assert.Equal("Microsoft.AspNetCore.Hosting.HttpRequestIn", Parent(spans, job));
        Assert.Equal(["Ingest", "done", caller.Tenant.ToString()], [job.GetTagItem("tessera.kind"), job.GetTagItem("tessera.outcome"), job.GetTagItem("tessera.tenant")]);
        foreach (var stage in (string[])["tessera.read", "tessera.cut", "tessera.embed", "tessera.store"])
        {
            Assert.Equal("tessera.job", Parent(spans, Assert.Single(spans, span => span.OperationName == stage)));
        }
    }

    [Fact]
    public async Task Job_of_another_request_is_another_trace()
    {
        Documents.TestDomain.PutIn(host.Services);
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Member);
        using var heard = new Heard();
        await caller.Http.SearchableAsync(await caller.Http.AddAsync("The anchor weighs nine hundredweight.", "anchor.txt"));
        Assert.DoesNotContain(heard.Spans, span => span.OperationName == "tessera.job");
    }

    private static string? Parent(IReadOnlyList<Activity> spans, Activity span) => spans.SingleOrDefault(other => other.SpanId == span.ParentSpanId)?.OperationName;

    /// <summary>Hears the spans of one trace, whatever else runs in this process.</summary>
    private sealed class Heard : IDisposable
    {
        private static readonly string[] Sources = [EngineTelemetry.Name, HostTelemetry.Name, "Microsoft.AspNetCore"];
        private readonly ConcurrentQueue<Activity> spans = [];
        private readonly ActivityTraceId trace = ActivityTraceId.CreateRandom();
        private readonly ActivityListener listener;

        public Heard()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => Sources.Contains(source.Name),
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span =>
                {
                    if (span.TraceId == trace)
                    {
                        spans.Enqueue(span);
                    }
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public IReadOnlyList<Activity> Spans => [.. spans];

        /// <summary>For the request that begins it.</summary>
        public string TraceParent => $"00-{trace}-{ActivitySpanId.CreateRandom()}-01";

        /// <summary>All spans, once one of this name is over.</summary>
        public async Task<IReadOnlyList<Activity>> UntilAsync(string name)
        {
            for (var left = 600; left > 0 && !spans.Any(span => span.OperationName == name); left--)
            {
                await Task.Delay(50, Token);
            }

            Assert.Contains(spans, span => span.OperationName == name);
            return [.. spans];
        }

        public void Dispose() => listener.Dispose();
    }
}
