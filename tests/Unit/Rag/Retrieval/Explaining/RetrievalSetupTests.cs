using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Unit.Rag.Answers;

namespace Tessera.Unit.Rag.Retrieval.Explaining;

public sealed class RetrievalSetupTests
{
    private static readonly (string Name, string[] Chunks)[] Documents =
        [("One", ["They will expire soon.", "The end. The end, in the end."]), ("Two", ["An end to it all."])];

    public static TheoryData<string> Setups => [.. RetrievalSetup.All.Select(setup => setup.Id)];

    [Fact]
    public void Setups_are_found_by_their_ids_alone()
    {
        Assert.All(RetrievalSetup.All, setup => Assert.Same(setup, RetrievalSetup.Find(setup.Id)));
        Assert.Null(RetrievalSetup.Find("Lexical"));
        Assert.Equal(RetrievalSetup.All.Count, RetrievalSetup.All.DistinctBy(x => (x.Promises, x.Vectors, x.Ranker, x.Reranker)).Count());
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Setup_leaves_out_what_it_says_and_nothing_else(string id)
    {
        var setup = RetrievalSetup.Find(id)!;
        using var world = await SmallWorld.OfAsync(SmallWorld.RankerOf(_ => 1), Documents);
        var store = new FakeStore(FakeStore.Chunk("a"), FakeStore.Chunk("b"));
        using var embedder = new FixedEmbedder();
        var workspace = world.Workspace with { Store = store, Embedder = embedder };
        await new Retriever().SearchAsync(workspace, new RetrievalQuery("end", 2) { Setup = setup }, CancellationToken.None);
        Assert.Equal(setup.Promises, store.Asked!.Translation is not null);
        Assert.Equal(setup.Vectors, !store.Asked.Vector.IsEmpty);
        Assert.Equal(200, store.Asked.Top);
        Assert.Equal((setup.Vectors ? 1 : 0, setup.Ranker), (embedder.Calls, (await ExplainAsync(world, "end", setup)).Ranked));
    }

    [Fact]
    public async Task Without_promises_what_only_promises_is_not_found()
    {
        using var world = await SmallWorld.OfAsync(null, Documents);
        Assert.Equal(3, (await ExplainAsync(world, "end", RetrievalSetup.Configured)).Passages.Count);
        var found = (await ExplainAsync(world, "end", RetrievalSetup.NoPromises)).Passages;
        Assert.Equal(2, found.Count);
        Assert.All(found, passage => Assert.Equal((0, 0), (passage.Promises.Count, passage.Parts.Single(part => part.Signal == "promised").Contribution)));
    }

    [Fact]
    public async Task Without_ranker_the_order_is_that_of_the_weighted_sum()
    {
        using var world = await SmallWorld.OfAsync(SmallWorld.RankerOf(name => name == "words" ? -1 : 0), Documents);
        var (ranked, plain) = (await ExplainAsync(world, "end", RetrievalSetup.Configured), await ExplainAsync(world, "end", RetrievalSetup.NoRanker));
        Assert.StartsWith("The end", plain.Passages[0].Chunk.Text, StringComparison.Ordinal);
        Assert.StartsWith("The end", ranked.Passages[^1].Chunk.Text, StringComparison.Ordinal);
        Assert.Equal(1, ranked.Passages[^1].CandidateRank);
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public async Task Explanation_has_the_passages_of_the_search_in_their_order(string id)
    {
        var setup = RetrievalSetup.Find(id)!;
        using var world = await SmallWorld.OfAsync(SmallWorld.RankerOf(name => name.EndsWith("-rank", StringComparison.Ordinal) ? -1 : .5f), Documents);
        foreach (var top in (int[])[1, 2, 10])
        {
            var found = await new Retriever().SearchAsync(world.Workspace, new RetrievalQuery("the end", top) { Setup = setup }, CancellationToken.None);
            var explained = await ExplainAsync(world, "the end", setup, top);
            Assert.Equal(found.Select(x => (x.Chunk.Text, x.Score)), explained.Passages.Select(x => (x.Chunk.Text, x.Score)));
            Assert.Equal(Enumerable.Range(1, found.Count), explained.Passages.Select(x => x.Rank));
        }
    }

    private static Task<Tessera.Rag.Retrieval.Explaining.SearchExplanation> ExplainAsync(SmallWorld world, string question, RetrievalSetup setup, int top = 10) =>
        new Retriever().ExplainAsync(world.Workspace, new RetrievalQuery(question, top) { Setup = setup }, id => world.Names[id], CancellationToken.None);
}
