using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Conformance;

public abstract partial class ChunkStoreConformance<TStores>
{
    [Fact]
    public async Task Search_before_anything_is_written_finds_nothing()
    {
        var store = Stores.Open(Worlds.Tenant, Worlds.Prose, null);
        Assert.Empty(await TextsAsync(store, "apple"));
        Assert.Empty(await ReadAsync(store, Worlds.Id(1)));
        await store.DeleteAsync(Worlds.Id(1), int.MaxValue, Token);
        Assert.Equal([Math.Log(2)], await store.WeighAsync(["appl"], Token));
    }

    [Fact]
    public async Task Best_passages_come_first_and_ties_keep_their_order()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "apple", "apple apple pear", "unrelated", "apple", "apple");
        await PutAsync(store, Worlds.Document(2), 1, "apple", "apple pear");
        var found = await FindAsync(store, "apple pear");
        Assert.Equal(6, found.Count);
        Assert.Equal(["apple apple pear", "apple pear"], found.Take(2).Select(x => x.Chunk.Text).Order());
        Assert.Equal(found.Select(x => x.Score).OrderDescending(), found.Select(x => x.Score));
        Assert.All(found, x => Assert.True(x.Score > 0));
        Assert.Equal(found, await FindAsync(store, "apple pear"));
        Reopen();
        Assert.Equal(found, await FindAsync(await OpenAsync(), "apple pear"));
    }

    [Fact]
    public async Task As_many_as_asked_are_found_when_that_many_match()
    {
        var store = await OpenAsync();
        for (var i = 1; i <= 30; i++)
        {
            await PutAsync(store, Worlds.Document(i) with { Tags = [i % 2 == 0 ? "even" : "odd"] }, 1, $"apple w{i}", "pear", "other");
        }

        var even = new SearchFilter { Tags = ["even"] };
        foreach (var top in (int[])[1, 2, 14, 15, 29, 30])
        {
            Assert.Equal(Math.Min(top, 30), (await FindAsync(store, "apple pear w7", top: top)).Count);
            Assert.Equal(Math.Min(top, 30), (await FindAsync(store, "apple pear w7", even, top)).Count);
            Assert.Equal(Math.Min(top, 15), (await FindAsync(store, "apple w7", even, top)).Count);
        }

        Assert.Equal("apple w7", (await FindAsync(store, "apple w7", top: 1)).Single().Chunk.Text);
    }

    [Fact]
    public async Task Name_and_path_are_searched_with_the_text()
    {
        var store = await OpenAsync();
        var document = Worlds.Document(1) with { Name = "orchard report.pdf" };
        var chunk = new Chunk(document.Id, 0, "apple", "Harvest › Yield", 3, 10, 15) { Tags = new Dictionary<string, string> { ["kind"] = "table" } };
        await store.UpsertAsync(document, 1, [new EmbeddedChunk(chunk)], Token);
        foreach (var query in (string[])["orchard", "harvest", "yields"])
        {
            var found = Assert.Single(await FindAsync(store, query)).Chunk;
            Assert.Equal(chunk with { Tags = found.Tags }, found);
            Assert.Equal(chunk.Tags, found.Tags);
        }
    }

    [Fact]
    public async Task Words_are_made_by_the_domains_analysis()
    {
        var prose = await OpenAsync();
        await PutAsync(prose, Worlds.Document(1), 1, "The terminations of a parseHeader");
        Assert.Single(await TextsAsync(prose, "Termination!"));
        Assert.Empty(await TextsAsync(prose, "the of a"));
        Assert.Empty(await TextsAsync(prose, "=>"));
        Assert.Empty(await TextsAsync(prose, "  …  "));
        var code = await OpenAsync(domain: Worlds.Code);
        await PutAsync(code, Worlds.Document(1), 1, "void parseHeader() => x");
        Assert.Single(await TextsAsync(code, "header"));
        Assert.Single(await TextsAsync(code, "=>"));
    }

    [Fact]
    public async Task Expansions_find_what_the_question_does_not_say()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "share", "disclose", "provide");
        var found = await store.SearchAsync(
            new SearchRequest("share", 10) { Expansions = [new("disclose", .6), new("provide", .3), new("share", 5)] }, Token);
        Assert.Equal(["share", "disclose", "provide"], found.Select(x => x.Chunk.Text));
        Assert.True(found[0].Score > found[1].Score && found[1].Score > found[2].Score);
        var only = await store.SearchAsync(new SearchRequest("the", 10) { Expansions = [new("provide disclose", .5)] }, Token);
        Assert.Equal(["disclose", "provide"], only.Select(x => x.Chunk.Text).Order());
    }

    [Fact]
    public async Task Words_weigh_their_idf_over_what_searches_see()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1), 1, "apple apple", "apple pear", "plum");
        await PutAsync(store, Worlds.Document(2), 1, "fig", "fig", "fig");
        await PutAsync(store, Worlds.Document(2), 2, "pear");
        var words = TextAnalyzer.For(TextAnalysis.Prose).Terms("apple fig pear plum");
        var weights = await store.WeighAsync(words, Token);
        var expected = new[] { 2, 0, 2, 1 }.Select(df => Math.Log(1 + ((4 - df + .5) / (df + .5))));
        Assert.Equal(expected, weights, (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Empty(await store.WeighAsync([], Token));
    }

    [Fact]
    public async Task Document_is_read_in_the_order_of_its_ordinals()
    {
        var store = await OpenAsync();
        var chunks = Worlds.Chunks(Worlds.Id(1), Enumerable.Range(0, 300).Select(x => $"apple w{x}"));
        chunks.Reverse();
        await store.UpsertAsync(Worlds.Document(1), 1, chunks, Token);
        var read = await store.ReadAsync(Worlds.Id(1), Token);
        chunks.Reverse();
        Assert.Equal(chunks.Select(x => x.Chunk), read);
        Assert.Equal(chunks[287].Chunk, (await FindAsync(store, "w287"))[0].Chunk);
    }

    [Fact]
    public async Task Text_of_any_script_comes_back_as_it_was()
    {
        string[] texts =
        [
            "naïve café nai\u0308ve", "契約は終了する", "الاتفاقية", "😀 👩‍👩‍👧 𝒳", "\u0000 nul \u0001", "tab\tline\nline\r\n", "\ufeff bom \ufffe \uffff",
            "\u202e rtl", " leading and trailing ", "'; DROP TABLE chunk; --", "%_\\\"[]",
        ];
        var store = await OpenAsync();
        var document = Worlds.Document(1) with { Name = "契約 \u0000.txt", Folder = "ä/😀", Tags = ["t\u0000g"], Language = "zh-Hans" };
        var chunks = texts.Select((x, i) => new EmbeddedChunk(new Chunk(document.Id, i, x, x + " › " + x, i, i, i + 1) { Tags = new Dictionary<string, string> { [x] = x } })).ToList();
        await store.UpsertAsync(document, 1, chunks, Token);
        Reopen();
        store = await OpenAsync();
        var read = await store.ReadAsync(document.Id, Token);
        Assert.Equal(texts, read.Select(x => x.Text));
        Assert.Equal(chunks.Select(x => x.Chunk.Path), read.Select(x => x.Path));
        Assert.Equal(texts, read.Select(x => x.Tags.Single().Value));
        Assert.Equal(texts[1], Assert.Single(await FindAsync(store, "契約は終了する")).Chunk.Text);
        Assert.Single(await FindAsync(store, "naïve café", new SearchFilter { Tags = ["t\u0000g"], Folders = ["ä"] }));
    }
}
