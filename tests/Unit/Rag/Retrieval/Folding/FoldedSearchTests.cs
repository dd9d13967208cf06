using CsCheck;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Folding;
using Tessera.Sdk;
using Tessera.Unit.Rag.Retrieval.Explaining;

namespace Tessera.Unit.Rag.Retrieval.Folding;

public sealed class FoldedSearchTests
{
    private const string Copied = "The rent of the mill is paid each month in advance, and whoever pays late pays interest at the rate that the bank asks at that time.";

    [Fact]
    public async Task As_many_passages_differ_as_are_asked_for_however_many_copies_there_are()
    {
        using var world = await SmallWorld.OfAsync(
            null,
            [.. Enumerable.Range(0, 300).Select(i => ($"Copy {i}", (string[])[Copied])), ("Other", ["Of the mill we know little."]), ("Another", ["A mill grinds corn."])]);
        var found = await SearchAsync(world, new RetrievalQuery("rent of the mill", 3));
        Assert.Equal([299, 0, 0], found.Select(x => x.Duplicates.Count));
        Assert.Equal(3, found.Select(x => x.Chunk.Text).Distinct().Count());
    }

    [Fact]
    public async Task Fewer_than_asked_for_only_where_the_rest_are_copies()
    {
        using var world = await SmallWorld.OfAsync(null, ("One", [Copied]), ("Two", [Copied]), ("Three", ["Of the mill we know little."]));
        var filter = new SearchFilter { Documents = [.. world.Names.Where(x => x.Value is "One" or "Two").Select(x => x.Key)] };
        var found = await SearchAsync(world, new RetrievalQuery("rent of the mill", 2) { Filter = filter });
        Assert.Single(Assert.Single(found).Duplicates);
        Assert.Equal(2, (await SearchAsync(world, new RetrievalQuery("rent of the mill", 2) { Filter = filter, Folded = FoldedPassages.None })).Count);
    }

    [Fact]
    public Task Passages_and_duplicates_together_are_what_an_unfolded_search_finds() => Gen.Select(
        Gen.Int[0, 4].Select(i => i < 3 ? $"{Copied} {i}" : "the mill").Array[1, 3].Select(chunks => ("The rent", chunks)).Array[1, 4], Gen.Int[1, 5]).SampleAsync(async (texts, top) =>
    {
        using var world = await SmallWorld.OfAsync(null, texts);
        var all = await SearchAsync(world, new RetrievalQuery("rent of the mill", 50) { Folded = FoldedPassages.None });
        foreach (var kind in Enum.GetValues<FoldedPassages>())
        {
            var whole = await SearchAsync(world, new RetrievalQuery("rent of the mill", 50) { Folded = kind });
            Assert.Equal(
                all.Select(x => (x.Chunk.Document.Value, x.Chunk.Ordinal)).Order(),
                whole.SelectMany(x => x.Duplicates.Select(y => y.Chunk).Prepend(x.Chunk)).Select(x => (x.Document.Value, x.Ordinal)).Order());
            Assert.Equal(Math.Min(top, whole.Count), (await SearchAsync(world, new RetrievalQuery("rent of the mill", top) { Folded = kind })).Count);
        }
    }, iter: 15);

    private static Task<IReadOnlyList<Tessera.Rag.Retrieval.Ranking.Candidate>> SearchAsync(SmallWorld world, RetrievalQuery query) =>
        new Retriever().SearchAsync(world.Workspace, query, CancellationToken.None);
}
