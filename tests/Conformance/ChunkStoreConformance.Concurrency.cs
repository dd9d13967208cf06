using Tessera.Rag.Retrieval;

namespace Tessera.Conformance;

public abstract partial class ChunkStoreConformance<TStores>
{
    // Chunk texts say which revision they are of and how many it has: r2 of3.
    private static string[] Marked(int revision) =>
        [.. Enumerable.Range(0, (revision * 7 % 5) + 1).Select(_ => $"apple r{revision} of{(revision * 7 % 5) + 1}")];

    [Fact]
    public async Task Searches_see_each_document_whole_while_others_write()
    {
        const int Writers = 3;
        const int Revisions = 25;
        var store = await OpenAsync();
        for (var i = 1; i <= Writers; i++)
        {
            await PutAsync(store, Worlds.Document(i), 1, Marked(1));
        }

        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => WatchAsync(store, Writers, done.Token), Token)).ToList();
        await Task.WhenAll(Enumerable.Range(1, Writers).Select(i => Task.Run(
            async () =>
            {
                for (var revision = 2; revision <= Revisions; revision++)
                {
                    await PutAsync(store, Worlds.Document(i), revision, Marked(revision));
                    await store.DeleteAsync(Worlds.Id(i), revision, Token);
                }
            },
            Token)));
        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), rounds => Assert.True(rounds > 0));
        Assert.Equal(Marked(Revisions).Length * Writers, (await FindAsync(store, $"r{Revisions}")).Count);
    }

    [Fact]
    public async Task Dropping_while_others_search_and_write_ends_in_a_working_store()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "apple");
        using var done = new CancellationTokenSource();
        var reader = Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    await FindAsync(store, "apple");
                    await store.ReadAsync(Worlds.Id(1), Token);
                }
            },
            Token);
        for (var i = 0; i < 20; i++)
        {
            await PutAsync(store, Worlds.Document(1), 1, "apple");
            await Stores.DropAsync(Worlds.Tenant, "prose", Token);
        }

        await done.CancelAsync();
        await reader;
        Assert.Empty(await TextsAsync(store, "apple"));
        await PutAsync(store, Worlds.Document(1), 1, "apple");
        Assert.Single(await TextsAsync(store, "apple"));
    }

    [Fact]
    public async Task Cancelled_write_leaves_the_old_or_the_new_revision_whole()
    {
        var store = await OpenAsync();
        string[] old = [.. Enumerable.Repeat("apple old", 50)];
        string[] fresh = [.. Enumerable.Repeat("apple new", 1500)];
        await PutAsync(store, Worlds.Document(1), 1, old);
        var cancelled = 0;
        for (var round = 0; round < 12; round++)
        {
            using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
            source.CancelAfter(TimeSpan.FromMilliseconds(round));
            try
            {
                await store.UpsertAsync(Worlds.Document(1), 2, Worlds.Chunks(Worlds.Id(1), fresh), source.Token);
            }
            catch (OperationCanceledException)
            {
                cancelled++;
            }

            var read = await ReadAsync(store, Worlds.Id(1));
            Assert.True(read.SequenceEqual(old) || read.SequenceEqual(fresh), $"{read.Count} chunks");
            Assert.Equal(Math.Min(1000, read.Count), (await FindAsync(store, "apple")).Count);
        }

        Assert.NotEqual(0, cancelled);
        await PutAsync(store, Worlds.Document(1), 2, fresh);
        Assert.Equal(fresh, await ReadAsync(store, Worlds.Id(1)));
    }

    [Fact]
    public async Task Cancelled_calls_throw()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "apple");
        var gone = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.EnsureCreatedAsync(gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.UpsertAsync(Worlds.Document(1), 2, [], gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.DeleteAsync(Worlds.Id(1), 2, gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SearchAsync(new SearchRequest("apple", 1), gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync(Worlds.Id(1), gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.WeighAsync(["apple"], gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ListAsync(gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.FindAsync(Worlds.Id(1), gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Stores.DropAsync(Worlds.Tenant, "prose", gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Stores.DropExceptAsync(Worlds.Tenant, "prose", [], gone));
        Assert.Single(await TextsAsync(store, "apple"));
    }

    private static async Task<int> WatchAsync(IChunkStore store, int documents, CancellationToken done)
    {
        var rounds = 0;
        for (; !done.IsCancellationRequested; rounds++)
        {
            var found = await FindAsync(store, "apple");
            Assert.Equal(documents, found.Select(x => x.Chunk.Document).Distinct().Count());
            foreach (var document in found.GroupBy(x => x.Chunk.Document))
            {
                AssertWhole([.. document.Select(x => x.Chunk.Text)]);
            }

            AssertWhole(await ReadAsync(store, Worlds.Id((rounds % documents) + 1)));
        }

        return rounds;
    }

    private static void AssertWhole(List<string> texts)
    {
        Assert.Single(texts.Distinct());
        Assert.EndsWith($" of{texts.Count}", texts[0], StringComparison.Ordinal);
    }
}
