using Tessera.Rag.Retrieval;

namespace Tessera.Conformance;

public abstract partial class ChunkStoreConformance<TStores>
{
    [Fact]
    public async Task Documents_limit_a_search_however_few_they_are()
    {
        var store = await OpenAsync();
        for (var i = 1; i <= 40; i++)
        {
            await PutAsync(store, Worlds.Document(i), 1, "apple apple apple", i == 33 ? "long text that names an apple once" : "apple");
        }

        Assert.Equal(80, (await FindAsync(store, "apple")).Count);
        var one = await FindAsync(store, "apple", new SearchFilter { Documents = [Worlds.Id(33)] }, top: 5);
        Assert.Equal(["apple apple apple", "long text that names an apple once"], one.Select(x => x.Chunk.Text));
        Assert.Equal(4, (await FindAsync(store, "apple", new SearchFilter { Documents = [Worlds.Id(3), Worlds.Id(4), Worlds.Id(99)] })).Count);
        Assert.Empty(await FindAsync(store, "apple", new SearchFilter { Documents = [Worlds.Id(99)] }));
    }

    [Theory]
    [InlineData("contracts", "1 2 3")]
    [InlineData("contracts/2024", "2 3")]
    [InlineData("/contracts/2024/", "2 3")]
    [InlineData("contract", "")]
    [InlineData("Contracts", "")]
    [InlineData("2024", "")]
    [InlineData("", "0 1 2 3 4")]
    [InlineData("contracts/2024 contracts-old", "2 3 4")]
    public async Task Folder_stands_for_all_below_it(string folders, string expected)
    {
        var store = await OpenAsync();
        string[] places = ["", "contracts", "contracts/2024", "contracts/2024/q1", "contracts-old"];
        for (var i = 0; i < places.Length; i++)
        {
            await PutAsync(store, Worlds.Document(i) with { Folder = places[i] }, 1, $"apple w{i}");
        }

        var found = await FindAsync(store, "apple", new SearchFilter { Folders = folders.Split(' ') });
        Assert.Equal(expected, string.Join(' ', found.Select(x => x.Chunk.Text["apple w".Length..]).Order()));
    }

    [Fact]
    public async Task Tags_are_compared_exactly_and_languages_without_case()
    {
        var store = await OpenAsync();
        await PutAsync(store, Worlds.Document(1) with { Tags = ["Draft", "x"], Language = "en-GB" }, 1, "apple one");
        await PutAsync(store, Worlds.Document(2) with { Tags = ["final"], Language = "de" }, 1, "apple two");
        await PutAsync(store, Worlds.Document(3), 1, "apple three");
        Assert.Equal(["apple one"], await TextsAsync(store, "apple", new SearchFilter { Tags = ["Draft"] }));
        Assert.Equal(["apple one", "apple two"], (await TextsAsync(store, "apple", new SearchFilter { Tags = ["Draft", "final", "none"] })).Order());
        Assert.Empty(await TextsAsync(store, "apple", new SearchFilter { Tags = ["draft", "Dra", "x,"] }));
        Assert.Equal(["apple one"], await TextsAsync(store, "apple", new SearchFilter { Languages = ["EN-gb"] }));
        Assert.Equal(2, (await TextsAsync(store, "apple", new SearchFilter { Languages = ["en-GB", "DE", "fr"] })).Count);
        Assert.Empty(await TextsAsync(store, "apple", new SearchFilter { Languages = ["en"] }));
    }

    [Theory]
    [InlineData("2024-01-02", null, "2 3")]
    [InlineData(null, "2024-01-02", "1 2")]
    [InlineData("2024-01-02", "2024-01-02", "2")]
    [InlineData("2024-01-03", "2024-01-01", "")]
    [InlineData("0001-01-01", "9999-12-31", "1 2 3")]
    public async Task Dates_include_both_ends_and_no_undated_document(string? from, string? to, string expected)
    {
        var store = await OpenAsync();
        for (var day = 1; day <= 3; day++)
        {
            await PutAsync(store, Worlds.Document(day) with { Date = new DateOnly(2024, 1, day) }, 1, $"apple w{day}");
        }

        await PutAsync(store, Worlds.Document(4), 1, "apple w4");
        var filter = new SearchFilter { From = Date(from), To = Date(to) };
        var found = await FindAsync(store, "apple", filter);
        Assert.Equal(expected, string.Join(' ', found.Select(x => x.Chunk.Text["apple w".Length..]).Order()));

        static DateOnly? Date(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Fields_of_a_filter_must_all_match()
    {
        var store = await OpenAsync();
        var date = new DateOnly(2024, 5, 1);
        await PutAsync(store, Worlds.Document(1) with { Folder = "a", Tags = ["x"], Language = "en", Date = date }, 1, "apple one");
        await PutAsync(store, Worlds.Document(2) with { Folder = "a", Tags = ["y"], Language = "en", Date = date }, 1, "apple two");
        await PutAsync(store, Worlds.Document(3) with { Folder = "b", Tags = ["x"], Language = "de", Date = date }, 1, "apple three");
        var filter = new SearchFilter { Folders = ["a", "b"], Tags = ["x"] };
        Assert.Equal(["apple one", "apple three"], (await TextsAsync(store, "apple", filter)).Order());
        Assert.Equal(["apple one"], await TextsAsync(store, "apple", filter with { Languages = ["en"] }));
        Assert.Equal(["apple one"], await TextsAsync(store, "apple", filter with { Languages = ["en"], From = date, To = date, Documents = [Worlds.Id(1), Worlds.Id(2)] }));
        Assert.Empty(await TextsAsync(store, "apple", filter with { Documents = [Worlds.Id(2)] }));
        Assert.Equal(3, (await TextsAsync(store, "apple", new SearchFilter())).Count);
    }
}
