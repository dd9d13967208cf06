using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Tessera.Integration.Adapting;

/// <summary>Adapting is cut short: by its administrator, by the system, by limits, by a stop of the host. Nothing of it stays, whichever it was.</summary>
public sealed class AdaptationStopTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-adapting-").FullName;
    private HostFixture host = null!;
    private AdaptationBench bench = null!;

    public ValueTask InitializeAsync() => BeginAsync();

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Cancelled_it_kills_its_child_and_can_be_started_again()
    {
        await bench.FillAsync(TwoTongues.Files(400));
        var job = (await bench.StartAsync()).GetProperty("jobId").GetGuid();
        using var child = await bench.ChildAsync();
        Assert.NotEmpty(bench.WorkFiles);
        await bench.Http.CallAsync(HttpMethod.Delete, $"/api/v1/admin/jobs/{job}", expected: HttpStatusCode.NoContent);
        Assert.True(child.HasExited);
        Assert.Empty(bench.WorkFiles);
        Assert.Equal("Cancelled", (await bench.Http.CallAsync(HttpMethod.Get, $"/api/v1/admin/jobs/{job}")).Text("state"));
        await bench.EndAsync("Cancelled");
        await bench.Http.ProblemAsync(HttpMethod.Delete, $"/api/v1/admin/jobs/{job}", null, 409, "conflict");

        // The way is free, and uploads are read while it runs.
        var again = (await bench.StartAsync()).GetProperty("jobId").GetGuid();
        using var second = await bench.ChildAsync();
        await bench.FillAsync([("late.txt", "Something uploaded meanwhile."u8.ToArray())]);
        await bench.Http.CallAsync(HttpMethod.Delete, $"/api/v1/admin/jobs/{again}", expected: HttpStatusCode.NoContent);
        Assert.Empty(bench.WorkFiles);
    }

    [Fact]
    public async Task Child_that_dies_fails_the_run_and_nothing_else()
    {
        await bench.FillAsync(TwoTongues.Files(400));
        await bench.StartAsync();
        using var child = await bench.ChildAsync();
        child.Kill();
        var failed = await bench.EndAsync("Failed");
        Assert.Contains("broke off", failed.Text("reason"), StringComparison.Ordinal);
        Assert.Empty(bench.WorkFiles);
        Assert.NotEmpty(await bench.BestAsync(TwoTongues.Said(1)[0]));
        Assert.True((await bench.LookAsync()).GetProperty("offered").GetBoolean());
    }

    [Fact]
    public async Task Host_that_stops_begins_again_at_its_next_start()
    {
        await bench.FillAsync(TwoTongues.Files(400));
        await bench.StartAsync();
        using (var child = await bench.ChildAsync())
        {
            await host.DisposeAsync();
            await Indexes.IndexBench.WaitAsync(() => Task.FromResult(child.HasExited));
        }

        // As after a loss of power: text lies there that no run knows.
        var left = Directory.CreateDirectory(Path.Combine(bench.Folder, "0-work", "left")).FullName;
        await File.WriteAllTextAsync(Path.Combine(left, "pairs.jsonl"), "secret", TestContext.Current.CancellationToken);

        // Beside other hosts only what has lain there for long is nobody's.
        Directory.SetLastWriteTimeUtc(left, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1));
        await BeginAsync();
        Assert.False(Directory.Exists(left));
        await bench.EndAsync("Won");
        Assert.Empty(bench.WorkFiles);
    }

    [Theory]
    [InlineData("seconds", "longer than")]
    [InlineData("program", "not beside the host")]
    [InlineData("other", "broke off")]
    public async Task Limit_or_missing_program_fails_the_run_with_its_reason(string what, string reason)
    {
        await bench.FillAsync(TwoTongues.Files(400));
        await host.DisposeAsync();
        host = await HostFixture.StartAsync(
            options => what switch
            {
                "seconds" => options with { TrainingSeconds = 1 },
                "program" => options with { TrainingPath = Path.Combine(folder, "none.dll") },
                _ => options with { TrainingPath = typeof(Tessera.Rag.DomainModels).Assembly.Location },
            },
            folder);
        bench = bench.On(host);
        await bench.StartAsync();
        Assert.Contains(reason, (await bench.EndAsync("Failed")).Text("reason"), StringComparison.Ordinal);
        Assert.Empty(bench.WorkFiles);
        Assert.Empty(bench.Kept);
    }

    private async ValueTask BeginAsync()
    {
        host = await HostFixture.StartAsync(folder: folder);
        bench = bench is null ? await AdaptationBench.OnAsync(host) : bench.On(host);
    }
}
