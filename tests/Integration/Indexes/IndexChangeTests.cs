using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;
using Tessera.Integration.Documents;
using WindowDomain = Tessera.Integration.Documents.TestDomain;

namespace Tessera.Integration.Indexes;

/// <summary>Embedders come and go and come back.</summary>
public sealed class IndexChangeTests : IAsyncLifetime
{
    private readonly FakeEmbedder one = new('a');
    private readonly FakeEmbedder two = new('b', width: 9);
    private HostFixture host = null!;
    private IndexBench bench = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await HostFixture.StartAsync();
        bench = await IndexBench.OnAsync(host);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Documents_written_without_the_embedder_get_their_vectors_when_it_is_back()
    {
        await bench.UpgradeAsync(one);
        var old = await bench.AddAsync("old.txt", "paper old");

        // The build does not come to its end, so that the first index stays the active one.
        var go = new TaskCompletionSource();
        two.Before = (texts, stop) => texts.Contains("paper old") ? go.Task.WaitAsync(stop) : Task.CompletedTask;
        await bench.UpgradeAsync(two);
        var gap = await bench.AddAsync("gap.txt", "paper gap");
        Assert.Equal(["paper gap", "paper old"], await bench.FindAsync("paper"));
        Assert.Equal(new[] { $"{old:N} 1+", $"{gap:N} 1" }.Order(StringComparer.Ordinal), await bench.HeldAsync(one.Key));
        Assert.True((await bench.RowAsync())!.HasGaps);
        Assert.DoesNotContain("paper gap", one.Texts);

        one.Texts.Clear();
        await bench.UpgradeAsync(one);
        go.SetResult();
        await IndexBench.WaitAsync(async () => await bench.RowAsync() is { Building: null, HasGaps: false });
        Assert.Equal(["paper gap"], one.Texts);
        Assert.Equal(new[] { $"{old:N} 1+", $"{gap:N} 1+" }.Order(StringComparer.Ordinal), await bench.HeldAsync(one.Key));
        await bench.UpgradeAsync(one);
        Assert.Null((await bench.RowAsync())!.Building);
    }

    [Fact]
    public async Task Document_that_is_just_being_written_is_there_when_another_index_takes_over_meanwhile()
    {
        await bench.UpgradeAsync(one);
        var old = await bench.AddAsync("old.txt", "paper old");
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        one.Before = (texts, stop) =>
        {
            if (!texts.Contains("paper late"))
            {
                return Task.CompletedTask;
            }

            reached.SetResult();
            return go.Task.WaitAsync(stop);
        };
        var late = await bench.Http.AddAsync("paper late", "late.txt");
        await reached.Task.WaitAsync(Token);
        await bench.UpgradeAsync(two);
        await bench.ExpectActiveAsync(two.Key);
        go.SetResult();
        await bench.Http.SearchableAsync(late);
        Assert.Equal(["paper late", "paper old"], await bench.FindAsync("paper"));
        Assert.Equal(new[] { $"{old:N} 1+", $"{late:N} 1+" }.Order(StringComparer.Ordinal), await bench.HeldAsync(two.Key));
        Assert.Equal([$"{old:N} 1+"], await bench.HeldAsync(one.Key));
    }

    [Fact]
    public async Task Package_without_embedder_goes_back_to_words_alone()
    {
        await bench.UpgradeAsync(one);
        await bench.AddAsync("a.txt", "paper a");
        await bench.UpgradeAsync(null);
        await bench.ExpectActiveAsync("");
        Assert.Equal(["paper a"], await bench.FindAsync("paper"));
        await bench.LetPreviousGoAsync();
        Assert.Equal([""], bench.KeysOnDisk());
    }

    [Fact]
    public async Task Kept_previous_index_is_built_up_again_from_what_it_still_holds()
    {
        await bench.UpgradeAsync(one);
        await bench.AddAsync("same.txt", "paper same");
        await bench.AddAsync("anew.txt", "paper before");
        var gone = await bench.AddAsync("gone.txt", "paper gone");
        await bench.UpgradeAsync(two);
        await bench.ExpectActiveAsync(two.Key);
        await bench.WithRowsAsync(rows => rows.Indexes.ExecuteUpdateAsync(row => row.SetProperty(x => x.PreviousUntil, (DateTimeOffset?)null), Token));
        await bench.WithRowsAsync(rows => rows.Work.ExecuteUpdateAsync(row => row.SetProperty(x => x.DueAt, TimeProvider.System.GetUtcNow()), Token));
        host.Services.GetRequiredService<JobClock>().Wake();
        await IndexBench.WaitAsync(async () => (await bench.JobsAsync(JobKind.Tidy)).All(job => job.Text("state") == "Done"));
        Assert.Equal([one.Key, two.Key], bench.KeysOnDisk());

        await bench.DeleteAsync(gone);
        await bench.AddAsync("anew.txt", "paper after");
        await bench.AddAsync("more.txt", "paper more");
        Assert.Single(await bench.HeldAsync(one.Key));
        one.Texts.Clear();
        await bench.UpgradeAsync(one);
        await bench.ExpectActiveAsync(one.Key);
        Assert.Equal(["paper after", "paper more"], one.Texts.Order(StringComparer.Ordinal));
        Assert.Equal(["paper after", "paper more", "paper same"], await bench.FindAsync("paper"));
        Assert.Equal(two.Key, (await bench.RowAsync())!.Previous);
    }

    [Fact]
    public async Task Other_tenants_indexes_are_their_own()
    {
        var other = await IndexBench.OnAsync(host);
        await bench.AddAsync("mine.txt", "paper mine");
        await other.AddAsync("theirs.txt", "paper theirs");
        one.Before = (texts, stop) => texts.Contains("paper theirs") ? Task.Delay(Timeout.Infinite, stop) : Task.CompletedTask;
        await bench.UpgradeAsync(one);
        await bench.ExpectActiveAsync(one.Key);
        Assert.Equal("", (await other.RowAsync())!.Active);
        Assert.Equal(["paper mine"], await bench.FindAsync("paper"));
        Assert.Equal(["paper theirs"], await other.FindAsync("paper"));
        Assert.Single(await bench.JobsAsync(JobKind.Reindex));
        Assert.Single(await other.JobsAsync(JobKind.Reindex));
        await bench.LetPreviousGoAsync();
        Assert.Equal([one.Key], bench.KeysOnDisk());
        Assert.Equal(["paper theirs"], await other.FindAsync("paper"));
    }

    [Fact]
    public async Task Upload_does_not_wait_for_a_build_where_one_worker_does_all()
    {
        await using var small = await HostFixture.StartAsync(options => options with { Workers = 1 });
        var alone = await IndexBench.OnAsync(small);
        for (var i = 0; i < 12; i++)
        {
            await alone.AddAsync($"{i}.txt", $"paper {i}");
        }

        one.Before = (texts, stop) => texts[0].StartsWith("paper ", StringComparison.Ordinal) ? Task.Delay(350, stop) : Task.CompletedTask;
        await alone.UpgradeAsync(one);
        await IndexBench.WaitAsync(async () => (await alone.JobsAsync(JobKind.Reindex))[0].Text("state") == "Running");
        await alone.AddAsync("urgent.txt", "urgent");
        Assert.Equal("", (await alone.RowAsync())!.Active);
        await alone.ExpectActiveAsync(one.Key);
        Assert.Equal("urgent", await alone.BestAsync("urgent"));
    }

    [Fact]
    public async Task Uploads_deletions_retries_and_upgrades_at_once_leave_what_was_said_last()
    {
        var random = new Random(11);
        var kept = new Dictionary<string, (Guid Id, string Text)>();
        for (var round = 0; round < 12; round++)
        {
            await bench.UpgradeAsync(round % 4 == 3 ? null : round % 2 == 0 ? one : two);
            for (var step = 0; step < 6; step++)
            {
                var (name, text) = ($"{random.Next(8)}.txt", $"paper {round} {step}");
                if (random.Next(4) == 0 && kept.Remove(name, out var deleted))
                {
                    await bench.Http.CallAsync(HttpMethod.Delete, $"/api/v1/documents/{deleted.Id}", expected: System.Net.HttpStatusCode.NoContent);
                    continue;
                }

                using var form = DocumentCalls.Form(System.Text.Encoding.UTF8.GetBytes(text), name);
                using var reply = await bench.Http.PostAsync(new Uri($"/api/v1/domains/{WindowDomain.Id}/documents", UriKind.Relative), form, Token);
                var id = System.Text.Json.JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Token)).RootElement.Id();
                kept[name] = (id, text);
                if (random.Next(3) == 0)
                {
                    await bench.Http.CallAsync(HttpMethod.Post, $"/api/v1/documents/{id}/retry", expected: System.Net.HttpStatusCode.Accepted);
                }
            }
        }

        var last = host.Services.GetRequiredService<LoadedPlugins>().Find(WindowDomain.Id)!.Roles.Models.Embedder?.Model.Sha256 ?? "";
        await IndexBench.WaitAsync(async () => !await bench.WithRowsAsync(rows => rows.Work.AnyAsync(work => work.DueAt <= TimeProvider.System.GetUtcNow(), Token)));
        await bench.UpgradeAsync(one);
        await bench.ExpectActiveAsync(one.Key);
        Assert.NotEqual(one.Key, last);
        Assert.Equal(kept.Values.Select(x => x.Text).Order(StringComparer.Ordinal), await bench.FindAsync("paper"));
        var held = await bench.HeldAsync(one.Key);
        Assert.Equal(kept.Values.Select(x => $"{x.Id:N}").Order(StringComparer.Ordinal), held.Select(x => x[..32]));
        Assert.All(held, x => Assert.EndsWith("+", x, StringComparison.Ordinal));
        Assert.False((await bench.RowAsync())!.HasGaps);
    }
}
