using Tessera.Rag.Retrieval;

namespace Tessera.Conformance;

public abstract partial class ChunkStoreConformance<TStores>
{
    [Fact]
    public async Task Revision_written_again_replaces_itself()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "apple pear", "apple plum", "apple fig");
        await PutAsync(store, Worlds.Document(1), 1, "apple cherry");
        Assert.Equal(["apple cherry"], await TextsAsync(store, "apple"));
        Assert.Equal(["apple cherry"], await ReadAsync(store, Worlds.Id(1)));
        Assert.Empty(await TextsAsync(store, "pear"));
    }

    [Fact]
    public async Task Some_chunks_are_read_by_their_numbers_of_the_newest_revision()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "old", "older", "oldest", "apple");
        await PutAsync(store, Worlds.Document(1), 2, "apple pear", "apple plum", "apple fig");
        await PutAsync(store, Worlds.Document(2), 1, "other", "others");
        foreach (var (first, count, expected) in ((int, int, string[])[])
            [(0, 1, ["apple pear"]), (1, 2, ["apple plum", "apple fig"]), (1, int.MaxValue, ["apple plum", "apple fig"]), (3, 5, []), (int.MaxValue, int.MaxValue, [])])
        {
            var read = await store.ReadAsync(Worlds.Id(1), first, count, Token);
            Assert.Equal(expected, read.Select(x => x.Text));
            Assert.Equal(Enumerable.Range(first, read.Count), read.Select(x => x.Ordinal));
        }

        Assert.Empty(await store.ReadAsync(Worlds.Id(7), 0, 5, Token));
        await Assert.ThrowsAnyAsync<ArgumentOutOfRangeException>(() => store.ReadAsync(Worlds.Id(1), -1, 1, Token));
        await Assert.ThrowsAnyAsync<ArgumentOutOfRangeException>(() => store.ReadAsync(Worlds.Id(1), 0, 0, Token));
    }

    [Fact]
    public async Task Older_revisions_are_unseen_before_they_are_deleted()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "apple pear");
        Assert.Single(await TextsAsync(store, "pear"));
        await PutAsync(store, Worlds.Document(1), 2, "apple plum");
        Assert.Empty(await TextsAsync(store, "pear"));
        Assert.Equal(["apple plum"], await TextsAsync(store, "apple"));
        Assert.Equal(["apple plum"], await ReadAsync(store, Worlds.Id(1)));
    }

    [Fact]
    public async Task Late_older_revision_stays_unseen()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 3, "apple plum");
        Assert.Single(await TextsAsync(store, "plum"));
        await PutAsync(store, Worlds.Document(1), 2, "apple pear");
        Assert.Equal(["apple plum"], await TextsAsync(store, "apple"));
        Reopen();
        Assert.Equal(["apple plum"], await TextsAsync(await OpenAsync(), "apple"));
    }

    [Fact]
    public async Task Delete_takes_only_revisions_below()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "apple pear");
        await PutAsync(store, Worlds.Document(1), 2, "apple plum");
        await PutAsync(store, Worlds.Document(2), 1, "apple fig");
        await store.DeleteAsync(Worlds.Id(1), 2, Token);
        Assert.Equal(["apple plum"], await ReadAsync(store, Worlds.Id(1)));
        await store.DeleteAsync(Worlds.Id(1), int.MaxValue, Token);
        Assert.Empty(await ReadAsync(store, Worlds.Id(1)));
        Assert.Equal(["apple fig"], await TextsAsync(store, "apple"));
        await store.DeleteAsync(Worlds.Id(7), int.MaxValue, Token);
    }

    [Fact]
    public async Task Empty_revision_hides_the_old_one()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "apple pear");
        await PutAsync(store, Worlds.Document(1), 2);
        Assert.Empty(await TextsAsync(store, "apple"));
        Assert.Empty(await ReadAsync(store, Worlds.Id(1)));
        await store.DeleteAsync(Worlds.Id(1), 2, Token);
        Reopen();
        Assert.Empty(await TextsAsync(await OpenAsync(), "apple"));
    }

    [Fact]
    public async Task New_revision_brings_its_own_filter_fields()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1) with { Folder = "old", Tags = ["a"] }, 1, "apple");
        await PutAsync(store, Worlds.Document(1) with { Folder = "new", Tags = ["b"] }, 2, "apple");
        Assert.Empty(await TextsAsync(store, "apple", new SearchFilter { Folders = ["old"] }));
        Assert.Empty(await TextsAsync(store, "apple", new SearchFilter { Tags = ["a"] }));
        Assert.Single(await TextsAsync(store, "apple", new SearchFilter { Folders = ["new"], Tags = ["b"] }));
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        var store = await OpenAsync();
        await Assert.ThrowsAnyAsync<ArgumentException>(() => PutAsync(store, Worlds.Document(1), 0, "apple"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => FindAsync(store, "apple", top: 0));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => FindAsync(store, "apple", top: 1001));
        var foreign = Worlds.Chunks(Worlds.Id(2), ["apple"]);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.UpsertAsync(Worlds.Document(1), 1, foreign, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => PutAsync(store, Worlds.Document(1), 1, "half a pair: \ud83d"));
        Assert.Empty(await TextsAsync(store, "apple pair"));
    }
}
