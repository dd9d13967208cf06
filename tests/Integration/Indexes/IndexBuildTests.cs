using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Documents;
using Tessera.Host.Identity;
using Tessera.Host.Indexes;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;
using Tessera.Integration.Documents;
using WindowDomain = Tessera.Integration.Documents.TestDomain;

namespace Tessera.Integration.Indexes;

/// <summary>An index is built beside the one that searches see, whatever happens meanwhile.</summary>
public sealed class IndexBuildTests : IAsyncLifetime
{
    private readonly FakeEmbedder embedder = new('a');
    private readonly TaskCompletionSource reached = new();
    private readonly TaskCompletionSource go = new();
    private HostFixture host = null!;
    private IndexBench bench = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await HostFixture.StartAsync(options => options with { Workers = 3 });
        bench = await IndexBench.OnAsync(host);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Document_uploaded_replaced_and_deleted_meanwhile_ends_right()
    {
        var ids = await FillAsync(6);
        PauseAt("paper 2");
        await bench.UpgradeAsync(embedder);
        await reached.Task.WaitAsync(Token);
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"paper {i}"), await bench.FindAsync("paper"));
        var running = (await bench.JobsAsync(JobKind.Reindex)).Single();
        Assert.Equal(("Running", 6), (running.Text("state"), running.GetProperty("total").GetInt32()));

        // Both of what is copied and of what is not yet.
        var fresh = await bench.AddAsync("fresh.txt", "paper fresh");
        Assert.Contains($"{fresh:N} 1+", await bench.HeldAsync(embedder.Key));
        await bench.AddAsync("0.txt", "paper zero anew");
        await bench.AddAsync("5.txt", "paper five anew");
        await bench.DeleteAsync(ids[1]);
        await bench.DeleteAsync(ids[4]);
        var expected = new[] { "paper 2", "paper 3", "paper five anew", "paper fresh", "paper zero anew" };
        Assert.Equal(expected, await bench.FindAsync("paper"));
        Assert.Equal("", (await bench.RowAsync())!.Active);

        go.SetResult();
        var job = await bench.ExpectBuildAsync(JobState.Done);
        Assert.Equal((5, 5), (job.GetProperty("done").GetInt32(), job.GetProperty("total").GetInt32()));
        await bench.ExpectActiveAsync(embedder.Key);
        Assert.Equal(expected, await bench.FindAsync("paper"));
        Assert.Equal(
            new[] { $"{ids[0]:N} 2+", $"{ids[2]:N} 1+", $"{ids[3]:N} 1+", $"{ids[5]:N} 2+", $"{fresh:N} 1+" }.Order(StringComparer.Ordinal),
            await bench.HeldAsync(embedder.Key));
        await bench.LetPreviousGoAsync();
        Assert.Equal([embedder.Key], bench.KeysOnDisk());
        Assert.False(bench.Holds("paper 1"));
        Assert.False(bench.Holds("paper 4"));
        Assert.False(bench.Holds("paper 5"));
    }

    [Fact]
    public async Task Deletion_that_waits_for_its_job_is_not_copied_back()
    {
        var ids = await FillAsync(3);
        PauseAt("paper 1");
        await bench.UpgradeAsync(embedder);
        await reached.Task.WaitAsync(Token);

        // The document that is just being copied: its purge waits for its turn.
        await bench.Http.CallAsync(HttpMethod.Delete, $"/api/v1/documents/{ids[1]}", expected: HttpStatusCode.NoContent);
        go.SetResult();
        await bench.ExpectBuildAsync(JobState.Done);
        await IndexBench.WaitAsync(async () => (await bench.HeldAsync(embedder.Key)).Count == 2);
        await IndexBench.WaitAsync(() => Task.FromResult(!bench.Holds("paper 1")));
    }

    [Fact]
    public async Task Retry_of_the_revision_that_is_just_being_copied_is_what_stays()
    {
        var ids = await FillAsync(2);
        PauseAt("paper 1");
        await bench.UpgradeAsync(embedder);
        await reached.Task.WaitAsync(Token);

        // The same revision, cut another way: with the old chunks its offsets would be wrong.
        WindowDomain.PutIn(host.Services, new WindowDomain { Window = 4 }, embedder.Models);
        await bench.Http.CallAsync(HttpMethod.Post, $"/api/v1/documents/{ids[1]}/retry", expected: HttpStatusCode.Accepted);
        await Task.Delay(300, Token);
        go.SetResult();
        await bench.ExpectActiveAsync(embedder.Key);
        await bench.Http.SearchableAsync(ids[1]);
        var chunks = (await bench.Http.CallAsync(HttpMethod.Get, $"/api/v1/documents/{ids[1]}/chunks")).GetProperty("items").EnumerateArray();
        Assert.Equal(["pape", "r 1"], chunks.Select(chunk => chunk.Text("text")));
    }

    [Fact]
    public async Task First_document_goes_right_into_the_index_that_the_package_wants()
    {
        await bench.UpgradeAsync(embedder);
        Assert.Null(await bench.RowAsync());
        Assert.Empty(await bench.FindAsync("paper"));
        await FillAsync(2);
        await bench.ExpectActiveAsync(embedder.Key);
        Assert.Equal([embedder.Key], bench.KeysOnDisk());
        Assert.Empty(await bench.JobsAsync(JobKind.Reindex));
        Assert.Equal(["paper 0", "paper 1"], await bench.FindAsync("paper"));
        Assert.Contains("paper", embedder.Texts);
    }

    [Fact]
    public async Task Package_that_goes_meanwhile_calls_the_build_off_and_documents_stay()
    {
        var ids = await FillAsync(4);
        PauseAt("paper 1");
        await bench.UpgradeAsync(embedder);
        await reached.Task.WaitAsync(Token);
        host.Services.GetRequiredService<LoadedPlugins>().Remove(WindowDomain.Id);
        go.SetResult();
        var job = await bench.ExpectBuildAsync(JobState.Cancelled);
        Assert.Equal(ReindexJob.Unwanted, job.Text("reason"));
        await IndexBench.WaitAsync(() => Task.FromResult(bench.KeysOnDisk() is [""]));
        Assert.Null((await bench.RowAsync())!.Building);
        Assert.Single((await bench.Http.CallAsync(HttpMethod.Get, $"/api/v1/documents/{ids[0]}/chunks")).GetProperty("items").EnumerateArray());
        await bench.DeleteAsync(ids[0]);
        Assert.False(bench.Holds("paper 0"));

        await bench.UpgradeAsync(embedder);
        await bench.ExpectActiveAsync(embedder.Key);
        Assert.Equal(["paper 1", "paper 2", "paper 3"], await bench.FindAsync("paper"));
    }

    [Fact]
    public async Task Another_upgrade_meanwhile_calls_the_first_off()
    {
        await FillAsync(4);
        PauseAt("paper 1");
        await bench.UpgradeAsync(embedder);
        await reached.Task.WaitAsync(Token);
        var later = new FakeEmbedder('b', width: 7);
        await bench.UpgradeAsync(later);
        go.SetResult();
        await bench.ExpectActiveAsync(later.Key);
        Assert.Equal(["Cancelled", "Done"], (await bench.JobsAsync(JobKind.Reindex)).Select(job => job.Text("state")).Order(StringComparer.Ordinal));
        Assert.All(await bench.HeldAsync(later.Key), held => Assert.EndsWith("+", held, StringComparison.Ordinal));
        Assert.Equal(4, (await bench.FindAsync("paper")).Count);
        await bench.LetPreviousGoAsync();
        Assert.Equal([later.Key], bench.KeysOnDisk());
    }

    [Fact]
    public async Task Failure_is_told_and_searches_go_on()
    {
        await FillAsync(3);
        embedder.Before = (texts, _) => texts.Contains("paper 1") ? throw new InvalidOperationException("A fault of the embedder.") : Task.CompletedTask;
        await bench.UpgradeAsync(embedder);
        var job = await bench.ExpectBuildAsync(JobState.Failed);
        Assert.Contains("Searches go on", job.Text("reason"), StringComparison.Ordinal);
        Assert.Equal(3, (await bench.FindAsync("paper")).Count);

        embedder.Before = (_, _) => Task.CompletedTask;
        await bench.UpgradeAsync(embedder);
        await bench.ExpectActiveAsync(embedder.Key);
    }

    [Fact]
    public async Task Tenant_is_deleted_in_the_middle_of_a_build()
    {
        await FillAsync(3);
        PauseAt("paper 1");
        await bench.UpgradeAsync(embedder);
        await reached.Task.WaitAsync(Token);
        var platform = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator, isPlatformAdministrator: true);
        var deletion = platform.Http.CallAsync(HttpMethod.Delete, $"/api/v1/admin/tenants/{bench.Caller.Tenant.Value}", expected: HttpStatusCode.NoContent);
        await IndexBench.WaitAsync(async () => await bench.RowAsync() is null);
        go.SetResult();
        await deletion;
        Assert.Empty(bench.KeysOnDisk());
        Assert.Equal(0, await bench.WithRowsAsync(async rows => await rows.Indexes.CountAsync(Token) + await rows.Jobs.CountAsync(Token) + await rows.Work.CountAsync(Token)));
    }

    private async Task<IReadOnlyList<Guid>> FillAsync(int count)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await bench.AddAsync($"{i}.txt", $"paper {i}"));
        }

        return ids;
    }

    private void PauseAt(string text) => embedder.Before = (texts, stop) =>
    {
        if (!texts.Contains(text))
        {
            return Task.CompletedTask;
        }

        reached.TrySetResult();
        return go.Task.WaitAsync(stop);
    };
}
