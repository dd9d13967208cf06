using Microsoft.EntityFrameworkCore;
using Tessera.Host.Jobs;

namespace Tessera.Integration.Indexes;

/// <summary>A host that dies at some step of a build: the next one finds an index that is whole, and goes on.</summary>
public sealed class IndexStopTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-index-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("paper 0", 0)]
    [InlineData("paper 2", 2)]
    [InlineData("paper 4", 4)]
    public async Task Death_while_documents_are_copied_loses_nothing_and_copies_no_document_twice(string at, int copied)
    {
        var dying = new FakeEmbedder('a');
        var reached = new TaskCompletionSource();
        await using var first = await HostFixture.StartAsync(folder: Path.Combine(folder, "first"));
        var bench = await FillAsync(first);
        dying.Before = (texts, stop) =>
        {
            if (texts.Contains(at))
            {
                reached.TrySetResult();
                return Task.Delay(Timeout.Infinite, stop);
            }

            return Task.CompletedTask;
        };
        await bench.UpgradeAsync(dying);
        await reached.Task.WaitAsync(Token);

        var embedder = new FakeEmbedder('a');
        await using var second = await DieAsync(first, embedder);
        var later = bench.On(second);
        Assert.Equal(5, (await later.FindAsync("paper")).Count);
        await later.ExpectActiveAsync(embedder.Key);
        Assert.Equal(5, (await later.FindAsync("paper")).Count);
        Assert.Equal(Enumerable.Range(copied, 5 - copied).Select(i => $"paper {i}"), embedder.Texts.Where(text => text != "paper").Order(StringComparer.Ordinal));
        Assert.Equal("Done", Assert.Single(await later.JobsAsync(JobKind.Reindex)).Text("state"));
        Assert.All(await later.HeldAsync(embedder.Key), held => Assert.EndsWith(" 1+", held, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Death_between_the_switch_and_the_end_of_the_old_index_leaves_the_new_one()
    {
        var embedder = new FakeEmbedder('a');
        await using var first = await HostFixture.StartAsync(folder: Path.Combine(folder, "first"));
        var bench = await FillAsync(first);
        await bench.UpgradeAsync(embedder);
        await bench.ExpectActiveAsync(embedder.Key);
        Assert.Equal(["", embedder.Key], bench.KeysOnDisk());

        // Another embedder is there at the start: what is searched is the index that is active, without its vectors.
        await using (var second = await DieAsync(first, embedder))
        {
            var later = bench.On(second);
            Assert.Equal(["", embedder.Key], later.KeysOnDisk());
            Assert.Equal(5, (await later.FindAsync("paper")).Count);
            Assert.Single(await later.JobsAsync(JobKind.Reindex));

            // As a death leaves it between the row and the files.
            await later.WithRowsAsync(rows => rows.Indexes.ExecuteUpdateAsync(row => row.SetProperty(x => x.Previous, (string?)null), Token));
            await using var third = await DieAsync(second, embedder);
            Assert.Equal([embedder.Key], bench.On(third).KeysOnDisk());
            Assert.Equal(5, (await bench.On(third).FindAsync("paper")).Count);
        }
    }

    [Fact]
    public async Task Death_before_the_upgrade_was_told_to_the_tenants_is_made_good_at_the_start()
    {
        var embedder = new FakeEmbedder('a');
        await using var first = await HostFixture.StartAsync(folder: Path.Combine(folder, "first"));
        var bench = await FillAsync(first);
        await using var second = await DieAsync(first, embedder);
        await bench.On(second).ExpectActiveAsync(embedder.Key);
        Assert.Equal(5, (await bench.On(second).FindAsync("paper")).Count);
    }

    private static async Task<IndexBench> FillAsync(HostFixture host)
    {
        var bench = await IndexBench.OnAsync(host);
        for (var i = 0; i < 5; i++)
        {
            await bench.AddAsync($"{i}.txt", $"paper {i}");
        }

        return bench;
    }

    // What lies on the disk at this moment is all that the next host gets: nobody cleans up, as when the power goes.
    private async Task<HostFixture> DieAsync(HostFixture host, FakeEmbedder embedder)
    {
        var from = host.Options.DataFolder;
        var to = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => file != host.Options.LockFile))
        {
            var copy = Path.Combine(to, "data", Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using var target = File.Create(copy);
            await source.CopyToAsync(target, Token);
        }

        return await HostFixture.StartAsync(folder: to, beforeStart: services => IndexBench.UpgradeAsync(services, embedder).GetAwaiter().GetResult());
    }
}
