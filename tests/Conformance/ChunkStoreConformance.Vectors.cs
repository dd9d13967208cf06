using System.Numerics.Tensors;
using Tessera.Rag;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Conformance;

public abstract partial class ChunkStoreConformance<TStores>
{
    private const int Width = 48;

    [Fact]
    public async Task Nearest_vectors_are_those_of_an_exact_search()
    {
        var (store, random) = (OpenVectors(), new Random(7));
        var vectors = new Dictionary<string, float[]>();
        for (var number = 1; number <= 20; number++)
        {
            string[] texts = [.. Enumerable.Range(0, 30).Select(i => $"d{number} c{i}")];
            foreach (var text in texts)
            {
                vectors[text] = UnitVectors.One(random, Width);
            }

            await PutAsync(store, number, 1, [.. texts.Select(text => (text, vectors[text]))]);
        }

        for (var turn = 0; turn < 2; turn++)
        {
            for (var i = 0; i < 10; i++)
            {
                var question = UnitVectors.One(random, Width);
                var exact = vectors.OrderByDescending(x => TensorPrimitives.Dot<float>(question, x.Value)).Select(x => x.Key).Take(10);

                // No chunk has the word: only vectors speak.
                var found = await store.SearchAsync(new SearchRequest("zebra", 10) { Vector = question }, Token);
                Assert.Equal(exact, found.Select(x => x.Chunk.Text));
                Assert.All(found.Zip(found.Skip(1)), x => Assert.True(x.First.Signals.Vector > x.Second.Signals.Vector));
            }

            Reopen();
            store = OpenVectors();
        }
    }

    [Fact]
    public async Task Vectors_are_found_within_the_filter_and_go_with_their_revision()
    {
        var (store, random) = (OpenVectors(), new Random(8));
        var (one, other) = (UnitVectors.One(random, Width), UnitVectors.One(random, Width));
        await PutAsync(store, 1, 1, ("first", one));
        await PutAsync(store, 2, 1, ("second", one));
        var found = await store.SearchAsync(new SearchRequest("zebra", 9) { Vector = one, Filter = new SearchFilter { Documents = [Worlds.Id(2)] } }, Token);
        Assert.Equal(["second"], found.Select(x => x.Chunk.Text));

        await PutAsync(store, 1, 2, ("third", other));
        await store.DeleteAsync(Worlds.Id(1), 2, Token);
        await store.DeleteAsync(Worlds.Id(2), int.MaxValue, Token);
        Assert.DoesNotContain(await store.SearchAsync(new SearchRequest("zebra", 9) { Vector = one }, Token), x => x.Signals.Vector > .9 && x.Chunk.Text != "third");
        Assert.Equal(["third"], (await store.SearchAsync(new SearchRequest("zebra", 9) { Vector = other }, Token)).Select(x => x.Chunk.Text));
    }

    [Fact]
    public async Task Chunk_without_a_vector_is_found_by_its_words_beside_those_that_have_one()
    {
        var (store, vector) = (OpenVectors(), UnitVectors.One(new Random(9), Width));
        await PutAsync(store, 1, 1, ("apple", []));
        await PutAsync(store, 2, 1, ("pear", vector), ("plum", []));
        Assert.Equal(["apple"], await TextsAsync(store, "apple"));
        Assert.Equal(["apple", "pear"], (await store.SearchAsync(new SearchRequest("apple", 9) { Vector = vector }, Token)).Select(x => x.Chunk.Text).Order());
        Assert.Equal(["pear"], await TextsAsync(store, "pear"));
    }

    [Fact]
    public async Task Vector_of_another_width_is_refused_and_nothing_is_written()
    {
        var (store, random) = (OpenVectors(), new Random(10));
        await PutAsync(store, 1, 1, ("apple", UnitVectors.One(random, Width)));
        var refused = await Assert.ThrowsAsync<PermanentException>(() => PutAsync(store, 2, 1, ("pear", new float[Width + 1])));
        Assert.Equal("bad-embedder", refused.Code);
        Assert.Empty(await ReadAsync(store, Worlds.Id(2)));
        refused = await Assert.ThrowsAsync<PermanentException>(() => store.SearchAsync(new SearchRequest("apple", 9) { Vector = new float[Width - 1] }, Token));
        Assert.Equal("bad-embedder", refused.Code);
        await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(store, 3, 1, ("plum", UnitVectors.One(random, Width)), ("fig", new float[Width + 1])));
        Assert.Equal(["apple"], await TextsAsync(store, "apple"));
    }

    [Fact]
    public async Task Newest_chunks_are_read_with_their_vectors_as_they_were_written()
    {
        var (store, random) = (OpenVectors(), new Random(11));
        Assert.Empty(await store.ReadEmbeddedAsync(Worlds.Id(1), Token));
        await PutAsync(store, 1, 1, ("plain", []));
        Assert.True(Assert.Single(await store.ReadEmbeddedAsync(Worlds.Id(1), Token)).Vector.IsEmpty);

        (string Text, float[] Vector)[] written = [.. Enumerable.Range(0, 700).Select(i => ($"c{i}\0", i % 7 == 0 ? [] : UnitVectors.One(random, Width)))];
        await PutAsync(store, 2, 1, ("old", UnitVectors.One(random, Width)));
        await PutAsync(store, 2, 2, written);
        for (var turn = 0; turn < 2; turn++)
        {
            var read = await store.ReadEmbeddedAsync(Worlds.Id(2), Token);
            Assert.Equal(Worlds.Chunks(Worlds.Id(2), written.Select(x => x.Text)).Select(x => x.Chunk.Text), read.Select(x => x.Chunk.Text));
            Assert.All(read.Zip(written), x => Assert.Equal(x.Second.Vector, x.First.Vector.ToArray()));
            Reopen();
            store = OpenVectors();
        }
    }

    private static Task PutAsync(IChunkStore store, int document, int revision, params (string Text, float[] Vector)[] chunks) => store.UpsertAsync(
        Worlds.Document(document),
        revision,
        [.. Worlds.Chunks(Worlds.Id(document), chunks.Select(x => x.Text)).Zip(chunks, (chunk, x) => chunk with { Vector = x.Vector })],
        Token);

    private IChunkStore OpenVectors() => Stores.Open(Worlds.Tenant, Worlds.Prose, new ModelRef("toy", new string('a', 64)));
}
