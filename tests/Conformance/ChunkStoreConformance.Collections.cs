using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Conformance;

public abstract partial class ChunkStoreConformance<TStores>
{
    private static readonly ModelRef One = new("one", new string('1', 64));
    private static readonly ModelRef Two = new("two", new string('2', 64));

    [Fact]
    public async Task Stores_that_are_there_are_reached_and_tell_what_their_indexes_take()
    {
        await Stores.ReachAsync(Token);
        Assert.Equal(0, Stores.IndexBytes);
        await PutAsync(await OpenAsync(), Worlds.Document(1), 1, "apple");
        Assert.Single(await TextsAsync(await OpenAsync(), "apple"));
        Assert.True(Stores.IndexBytes > 0);
        await Stores.ReachAsync(Token);
    }

    [Fact]
    public async Task Documents_are_listed_with_their_newest_revision()
    {
        var store = await OpenAsync();
        Assert.Empty(await store.ListAsync(Token));
        await PutAsync(store, Worlds.Document(1), 1, "apple", "pear");
        await PutAsync(store, Worlds.Document(1), 4, "apple");
        await PutAsync(store, Worlds.Document(1), 2, "apple");
        await PutAsync(store, Worlds.Document(2), 1, "apple");
        await PutAsync(store, Worlds.Document(3), 7);
        await PutAsync(store, Worlds.Document(4), 1, "apple");
        await store.DeleteAsync(Worlds.Id(4), int.MaxValue, Token);
        StoredRevision[] expected = [new(Worlds.Id(1), 4, false), new(Worlds.Id(2), 1, false), new(Worlds.Id(3), 7, true)];
        Assert.Equal(expected, (await store.ListAsync(Token)).OrderBy(x => x.Document.Value));
        Reopen();
        Assert.Equal(expected, (await Stores.Open(Worlds.Tenant, Worlds.Prose, null).ListAsync(Token)).OrderBy(x => x.Document.Value));
        Assert.Empty(await Stores.Open(Worlds.OtherTenant, Worlds.Prose, null).ListAsync(Token));
    }

    [Fact]
    public async Task Filter_fields_of_the_newest_revision_are_found_as_they_were_written()
    {
        var store = await OpenAsync();
        Assert.Null(await store.FindAsync(Worlds.Id(1), Token));
        var old = Worlds.Document(1) with { Folder = "a/b", Tags = ["x", "Y"], Date = new DateOnly(2024, 5, 1), Language = "en" };
        await PutAsync(store, old, 3, "apple");
        await PutAsync(store, Worlds.Document(1) with { Folder = "late" }, 2, "apple");
        await PutAsync(store, Worlds.Document(2), 1);
        Reopen();
        store = Stores.Open(Worlds.Tenant, Worlds.Prose, null);
        var found = await store.FindAsync(Worlds.Id(1), Token);
        Assert.Equal(old.Tags, found!.Tags);
        Assert.Equal(old, found with { Tags = old.Tags });
        Assert.Equal(Worlds.Document(2) with { Tags = [] }, await store.FindAsync(Worlds.Id(2), Token) is { } plain ? plain with { Tags = [] } : null);
        await store.DeleteAsync(Worlds.Id(1), int.MaxValue, Token);
        Assert.Null(await store.FindAsync(Worlds.Id(1), Token));
    }

    [Fact]
    public async Task Listed_revision_has_vectors_as_it_was_written_last()
    {
        var store = Stores.Open(Worlds.Tenant, Worlds.Prose, One);
        await store.EnsureCreatedAsync(Token);
        foreach (var hasVectors in (bool[])[false, true, false, true])
        {
            float[] vector = hasVectors ? [0, 1] : [];
            var chunks = Worlds.Chunks(Worlds.Id(1), ["apple", "pear"]).ConvertAll(x => x with { Vector = vector });
            await store.UpsertAsync(Worlds.Document(1), 1, chunks, Token);
            Assert.Equal(new StoredRevision(Worlds.Id(1), 1, hasVectors), Assert.Single(await store.ListAsync(Token)));
        }
    }

    [Fact]
    public async Task Collections_that_are_not_named_leave_no_bytes_and_all_else_stays()
    {
        var gone = new[] { null, Two }.Select(model => Stores.Open(Worlds.Tenant, Worlds.Prose, model)).ToList();
        var kept = Stores.Open(Worlds.Tenant, Worlds.Prose, One);
        var code = Stores.Open(Worlds.Tenant, Worlds.Code, Two);
        var longer = Stores.Open(Worlds.Tenant, Worlds.Domain("prose-old", TextAnalysis.Prose), Two);
        var foreign = Stores.Open(Worlds.OtherTenant, Worlds.Prose, Two);
        foreach (var store in gone)
        {
            await PutAsync(store, Worlds.Document(1), 1, Secret);
        }

        foreach (var store in (IChunkStore[])[kept, code, longer, foreign])
        {
            await PutAsync(store, Worlds.Document(1), 1, "apple stays");
        }

        await Stores.DropExceptAsync(Worlds.Tenant, "prose", [One, new ModelRef("unknown", "ab")], Token);
        Assert.False(Holds(Secret));
        Assert.All(await Task.WhenAll(gone.Select(store => store.ListAsync(Token))), Assert.Empty);
        foreach (var store in (IChunkStore[])[kept, code, longer, foreign])
        {
            Assert.Equal(["apple stays"], await TextsAsync(store, "apple"));
        }

        await PutAsync(gone[0], Worlds.Document(1), 1, "apple anew");
        await Stores.DropExceptAsync(Worlds.Tenant, "prose", [null, One], Token);
        Assert.Equal(["apple anew"], await TextsAsync(gone[0], "apple"));
        await Stores.DropExceptAsync(Worlds.Tenant, "prose", [], Token);
        Assert.Empty(await TextsAsync(gone[0], "apple"));
        Assert.Empty(await TextsAsync(kept, "apple"));
        await Stores.DropExceptAsync(new TenantId(Guid.NewGuid()), "prose", [null], Token);
    }

    [Fact]
    public async Task Dropping_all_but_some_refuses_what_names_no_collection()
    {
        await PutAsync(await OpenAsync(), Worlds.Document(1), 1, "apple");
        await Assert.ThrowsAsync<ArgumentException>(() => Stores.DropExceptAsync(Worlds.Tenant, "prose*", [], Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Stores.DropExceptAsync(Worlds.Tenant, "prose", [new ModelRef("m", null)], Token));
        Assert.Single(await TextsAsync(await OpenAsync(), "apple"));
    }
}
