using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Jobs;
using Tessera.Rag;

namespace Tessera.Integration.Documents;

public sealed class JobTests
{
    [Fact]
    public async Task Tenant_with_one_document_does_not_wait_for_another_with_many()
    {
        await using var own = await HostFixture.StartAsync(options => options with { Workers = 1 });
        var many = await Bench.OnAsync(own);
        var one = await Bench.OnAsync(own);
        var order = new ConcurrentQueue<string>();
        var go = new TaskCompletionSource();
        TestDomain.PutIn(own.Services, new TestDomain { Before = (document, _) => { order.Enqueue(document.Name); return go.Task; } });
        var ids = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await many.Http.AddAsync($"text {i}", $"many-{i}.txt"));
        }

        var lonely = await one.Http.AddAsync("text", "one.txt");
        go.SetResult();
        await one.Http.SearchableAsync(lonely);
        foreach (var id in ids)
        {
            await many.Http.SearchableAsync(id);
        }

        Assert.InRange(order.ToList().IndexOf("one.txt"), 1, 2);
        Assert.Equal(order.Where(x => x != "one.txt").Order(StringComparer.Ordinal), order.Where(x => x != "one.txt"));
    }

    [Fact]
    public async Task Job_is_paused_resumed_moved_to_the_front_and_cancelled()
    {
        await using var own = await HostFixture.StartAsync(options => options with { Workers = 1 });
        var bench = await Bench.OnAsync(own);
        var admin = (await own.AddCallerAsync(bench.Caller.Tenant, Host.Identity.TenantRole.TenantAdministrator)).Http;
        var (order, go) = (new ConcurrentQueue<string>(), new TaskCompletionSource());
        TestDomain.PutIn(own.Services, new TestDomain { Before = (document, _) => { order.Enqueue(document.Name); return go.Task; } });
        var ids = new Dictionary<string, Guid>();
        foreach (var name in (string[])["held", "plain", "urgent", "paused", "unwanted"])
        {
            ids[name] = await bench.Http.AddAsync($"text of {name}", $"{name}.txt");
        }

        await Indexes.IndexBench.WaitAsync(() => Task.FromResult(order.Count == 1));
        var jobs = (await admin.CallAsync(HttpMethod.Get, "/api/v1/admin/jobs")).GetProperty("items").EnumerateArray().ToDictionary(x => x.GetProperty("documentId").GetGuid(), x => x.Id());
        string JobOf(string name) => $"/api/v1/admin/jobs/{jobs[ids[name]]}";

        Assert.Equal("first", (await admin.CallAsync(HttpMethod.Patch, JobOf("urgent"), new { priority = "first" })).Text("priority"));
        Assert.Equal("Paused", (await admin.CallAsync(HttpMethod.Patch, JobOf("paused"), new { paused = true })).Text("state"));
        await admin.CallAsync(HttpMethod.Delete, JobOf("unwanted"), expected: System.Net.HttpStatusCode.NoContent);
        await admin.ProblemAsync(HttpMethod.Delete, JobOf("held"), null, 409, "conflict");
        await admin.ProblemAsync(HttpMethod.Patch, JobOf("plain"), new { priority = "soon" }, 400, "invalid-request");
        go.SetResult();
        await bench.Http.SearchableAsync(ids["plain"]);
        Assert.Equal(["held.txt", "urgent.txt", "plain.txt"], order);
        var unwanted = await bench.Http.EndAsync(ids["unwanted"]);
        Assert.Equal("cancelled", unwanted.GetProperty("reasonCode").GetString());
        Assert.Equal("Cancelled", (await admin.CallAsync(HttpMethod.Get, JobOf("unwanted"))).Text("state"));

        // A paused one waits for as long as it takes, and is told as such.
        Assert.Equal("Paused", (await admin.CallAsync(HttpMethod.Get, JobOf("paused"))).Text("state"));
        await admin.CallAsync(HttpMethod.Patch, JobOf("paused"), new { paused = false });
        await bench.Http.SearchableAsync(ids["paused"]);
        await admin.ProblemAsync(HttpMethod.Patch, JobOf("paused"), new { paused = true }, 409, "conflict");
        using var again = await bench.Http.PostAsync(new Uri($"/api/v1/documents/{ids["unwanted"]}/retry", UriKind.Relative), null, TestContext.Current.CancellationToken);
        await bench.Http.SearchableAsync(ids["unwanted"]);
    }

    [Fact]
    public async Task Fault_that_passes_is_tried_again_and_one_that_stays_fails()
    {
        await using var own = await HostFixture.StartAsync();
        var bench = await Bench.OnAsync(own);
        var tries = 0;
        TestDomain.PutIn(own.Services, new TestDomain
        {
            Before = (document, _) => document.Name == "broken.txt" ? throw new InvalidOperationException("A fault of the plugin.")
                : Interlocked.Increment(ref tries) == 1 ? throw new TransientException("Not now.")
                : Task.CompletedTask,
        });
        var passing = await bench.Http.AddAsync("some text", "passing.txt");
        var broken = await bench.Http.EndAsync(await bench.Http.AddAsync("some text", "broken.txt"));
        Assert.Equal("Failed", broken.GetProperty("status").GetString());
        Assert.Equal("internal", broken.GetProperty("reasonCode").GetString());
        Assert.DoesNotContain("fault of the plugin", broken.GetProperty("reason").GetString()!, StringComparison.Ordinal);
        await bench.Http.SearchableAsync(passing);
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task Work_is_claimed_by_one_alone_and_by_another_once_it_is_given_back()
    {
        await using var own = await HostFixture.StartAsync(options => options with { Workers = 1 });
        var bench = await Bench.OnAsync(own);
        var reached = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        TestDomain.PutIn(own.Services, new TestDomain { Before = (_, _) => { reached.TrySetResult(); return go.Task; } });
        var held = await bench.Http.AddAsync("some text", "held.txt");
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        await bench.Http.AddAsync("newer text", "held.txt");
        var other = await bench.Http.AddAsync("other text", "other.txt");

        var claims = own.Services.GetRequiredService<WorkClaims>();
        var work = await claims.ClaimAsync(TestContext.Current.CancellationToken);
        Assert.Equal(other, work!.DocumentId);
        Assert.Null(await claims.ClaimAsync(TestContext.Current.CancellationToken));
        Assert.True(await claims.RenewAsync(work, TestContext.Current.CancellationToken));
        await claims.ReturnAsync(work, TimeSpan.Zero, counts: false);
        claims.Leave(work);
        Assert.False(await claims.RenewAsync(work, TestContext.Current.CancellationToken));
        go.SetResult();
        await bench.Http.SearchableAsync(other);
        Assert.Equal(2, (await bench.Http.SearchableAsync(held)).GetProperty("revision").GetInt32());
    }
}
