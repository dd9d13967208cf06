using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Conformance;

public abstract partial class ChunkStoreConformance<TStores>
{
    private const string Secret = "xylophonequartz";

    [Fact]
    public async Task What_was_written_is_there_after_reopening()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "apple pear", "apple");
        Assert.Equal(2, (await FindAsync(store, "apple")).Count);
        await PutAsync(store, Worlds.Document(2), 1, "apple plum");
        await store.DeleteAsync(Worlds.Id(1), int.MaxValue, Token);
        Reopen();
        store = await OpenAsync();
        Assert.Equal(["apple plum"], await TextsAsync(store, "apple"));
        await PutAsync(store, Worlds.Document(1), 1, "apple again");
        Assert.Equal(2, (await FindAsync(store, "apple")).Count);
    }

    [Fact]
    public async Task Deleted_text_leaves_no_bytes()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1) with { Name = "apple" }, 1, [.. Enumerable.Repeat($"{Secret} in clear", 200)]);
        await PutAsync(store, Worlds.Document(2), 1, "apple");
        Reopen();
        Assert.True(Holds(Secret));
        store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 2, "nothing of it");
        await store.DeleteAsync(Worlds.Id(1), 2, Token);
        Assert.False(Holds(Secret));
    }

    [Fact]
    public async Task Dropped_domain_leaves_no_bytes_and_its_neighbours_stay()
    {
        var prose = await OpenAsync();
        var embedded = Stores.Open(Worlds.Tenant, Worlds.Prose, new ModelRef("m", new string('a', 64)));
        var code = await OpenAsync(domain: Worlds.Code);
        var foreign = await OpenAsync(Worlds.OtherTenant);
        var longer = await OpenAsync(domain: Worlds.Domain("prose-old", TextAnalysis.Prose));
        foreach (var (store, text) in new[] { (prose, Secret), (embedded, Secret), (code, "apple code"), (foreign, "apple foreign"), (longer, "apple longer") })
        {
            await PutAsync(store, Worlds.Document(1), 1, text);
        }

        await Stores.DropAsync(Worlds.Tenant, "prose", Token);
        Assert.False(Holds(Secret));
        Assert.Empty(await TextsAsync(prose, Secret));
        Assert.Empty(await ReadAsync(embedded, Worlds.Id(1)));
        Assert.Equal(["apple code"], await TextsAsync(code, "apple"));
        Assert.Equal(["apple foreign"], await TextsAsync(foreign, "apple"));
        Assert.Equal(["apple longer"], await TextsAsync(longer, "apple"));
        await PutAsync(prose, Worlds.Document(1), 1, "apple anew");
        Assert.Equal(["apple anew"], await TextsAsync(prose, "apple"));
    }

    [Fact]
    public async Task Dropped_tenant_leaves_no_bytes_and_others_stay()
    {
        await PutAsync(await OpenAsync(), Worlds.Document(1), 1, Secret);
        var code = await OpenAsync(domain: Worlds.Code);
        await PutAsync(code, Worlds.Document(1), 1, Secret);
        Assert.Single(await TextsAsync(code, Secret));
        var foreign = await OpenAsync(Worlds.OtherTenant);
        await PutAsync(foreign, Worlds.Document(1), 1, "apple foreign");
        Reopen();
        await Stores.DropAsync(Worlds.Tenant, null, Token);
        Assert.False(Holds(Secret));
        Assert.Equal(["apple foreign"], await TextsAsync(await OpenAsync(Worlds.OtherTenant), "apple"));
        Assert.Empty(await TextsAsync(await OpenAsync(), Secret));
        await Stores.DropAsync(new TenantId(Guid.NewGuid()), null, Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("Prose")]
    [InlineData("../prose")]
    [InlineData("prose/x")]
    [InlineData("prose.x")]
    [InlineData("prose*")]
    [InlineData("1prose")]
    [InlineData("a23456789012345678901234567890123")]
    public async Task Ids_that_no_domain_has_are_refused(string id)
    {
        Assert.Throws<ArgumentException>(() => Stores.Open(Worlds.Tenant, Worlds.Domain(id, TextAnalysis.Prose), null));
        await Assert.ThrowsAsync<ArgumentException>(() => Stores.DropAsync(Worlds.Tenant, id, Token));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("ABC", null)]
    [InlineData("../a", null)]
    [InlineData("ab", "x/y")]
    public void Models_without_a_plain_hash_are_refused(string? hash, string? adapter) =>
        Assert.Throws<ArgumentException>(() => Stores.Open(Worlds.Tenant, Worlds.Prose, new ModelRef("m", hash, adapter)));

    [Fact]
    public async Task Vector_spaces_do_not_mix()
    {
        ModelRef?[] models = [null, new("m", "aa"), new("m", "ab"), new("m", "aa", "bb")];
        var stores = models.Select(model => Stores.Open(Worlds.Tenant, Worlds.Prose, model)).ToList();
        foreach (var (number, store) in stores.Index())
        {
            await store.EnsureCreatedAsync(Token);
            var chunks = Worlds.Chunks(Worlds.Id(1), [$"apple {number}"]);
            await store.UpsertAsync(Worlds.Document(1), 1, [new EmbeddedChunk(chunks[0].Chunk, number == 0 ? default : new float[] { 0, 1 })], Token);
        }

        foreach (var (number, store) in stores.Index())
        {
            Assert.Equal([$"apple {number}"], await TextsAsync(store, "apple"));
            Assert.Same(store, Stores.Open(Worlds.Tenant, Worlds.Prose, models[number]));
        }
    }
}
