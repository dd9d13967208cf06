using CsCheck;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Explaining;
using Tessera.Rag.Retrieval.Folding;
using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Unit.Rag.Retrieval.Explaining;

public sealed class ExplanationTests
{
    private static readonly (string Name, string[] Chunks)[] Lease =
    [
        ("Lease of the mill", ["The lease may expire or lapse in May. Nobody will object.", "Rent is paid monthly; the contract has its end in June.", "The miller's wheel turns."]),
        ("Notes", ["Payments are late.", "To terminate, give notice; terminating is final. At the end it is done."]),
    ];

    [Fact]
    public async Task Held_added_and_promised_words_are_told()
    {
        using var world = await SmallWorld.OfAsync(null, Lease);
        var found = await ExplainAsync(world, "When does the rent end in the Mill?");
        Assert.Equal(
            [("rent", false), ("end", false), ("mill", false), ("lease", true), ("payments", true)], found.Words.Select(word => (word.Word, word.Added)));
        Assert.Equal([1, 1, 1, .4, .4], found.Words.Select(word => word.Weight));
        Assert.Equal(await world.Workspace.Store.WeighAsync(["rent", "end", "mill", "leas", "payment"], CancellationToken.None), found.Words.Select(word => word.Idf));

        var lapse = found.Passages.Single(passage => passage.Chunk.Text.Contains("lapse", StringComparison.Ordinal));
        Assert.Equal([new HeldWord("mill", true, false), new HeldWord("lease", true, true)], lapse.Held);
        var promise = Assert.Single(lapse.Promises);
        Assert.Equal(("end", "expire, lapse"), (promise.Word, string.Join(", ", promise.By.Select(word => word.Word))));
        Assert.Equal([.5, .2], promise.By.Select(word => Math.Round(word.Probability, 1)));
        Assert.Equal([("lease", false), ("expire", true), ("lapse", true)], lapse.Marks.Select(mark => (lapse.Chunk.Text[mark.Start..mark.End], mark.Promising)));

        // A word promises others only: what is held is not told twice.
        Assert.Empty(found.Passages.Single(passage => passage.Chunk.Text.StartsWith("Rent", StringComparison.Ordinal)).Promises);
    }

    [Fact]
    public async Task Words_are_marked_as_they_are_inflected()
    {
        using var world = await SmallWorld.OfAsync(null, Lease);
        var found = await ExplainAsync(world, "terminate with notice");
        var text = found.Passages[0].Chunk.Text;
        Assert.Equal(["terminate", "notice", "terminating"], found.Passages[0].Marks.Select(mark => text[mark.Start..mark.End]));
    }

    [Fact]
    public async Task Question_of_stop_words_alone_has_no_words_and_finds_nothing()
    {
        using var world = await SmallWorld.OfAsync(SmallWorld.RankerOf(_ => 1), Lease);
        var found = await ExplainAsync(world, "is it that");
        Assert.Empty(found.Words);
        Assert.Empty(found.Passages);
        Assert.False(found.Ranked);
    }

    [Fact]
    public Task Parts_of_the_weighted_sum_add_up_to_the_score() => Worlds.SampleAsync(async (texts, _) =>
    {
        using var world = await SmallWorld.OfAsync(null, texts);
        var found = await ExplainAsync(world, "rent end notice");
        Assert.False(found.Ranked);
        Assert.All(found.Passages, passage =>
        {
            Assert.Equal(1, passage.Total / passage.Score, 1e-5);
            Assert.Equal(passage.Total, passage.Parts.Sum(part => part.Contribution), 1e-9);
            Assert.Equal((passage.Rank, passage.Score), (passage.CandidateRank, passage.CandidateScore));
        });
    }, iter: 20);

    [Fact]
    public Task Parts_of_a_ranker_add_up_to_what_a_score_is_above_the_mean() => Worlds.SampleAsync(async (texts, seed) =>
    {
        var weights = RankFeatures.Names.Index().ToDictionary(x => x.Item, x => (float)Math.Sin(seed + x.Index));
        using var world = await SmallWorld.OfAsync(SmallWorld.RankerOf(name => weights[name]), texts);
        var passages = (await ExplainAsync(world, "rent end notice")).Passages;
        Assert.All(passages, passage => Assert.Equal(passage.Total, passage.Parts.Sum(part => part.Contribution), 1e-9));
        // A score so small that it is no number any more has no logarithm; scores are made of single precision.
        Assert.All(passages.Where(passage => passage.Score > 1e-300), passage => Assert.Equal(
            Math.Log(passage.Score / passages[0].Score), passage.Total - passages[0].Total, 1e-3 + (1e-5 * Math.Abs(passages[0].Total))));
        // All candidates are shown, so their mean is that of all.
        Assert.Equal(0, passages.Select(passage => passage.Total).DefaultIfEmpty().Average(), 1e-6);
        Assert.Equal(passages.Select(passage => passage.CandidateScore).OrderDescending(), passages.OrderBy(passage => passage.CandidateRank).Select(passage => passage.CandidateScore));
    }, iter: 20);

    [Fact]
    public async Task Feature_of_a_ranker_counts_for_its_signal_alone()
    {
        foreach (var (feature, signal) in ((string, string)[])[("words-span", "words"), ("promised-rank", "promised"), ("title-covered", "title"), ("early", "place"), ("first", "place")])
        {
            using var world = await SmallWorld.OfAsync(SmallWorld.RankerOf(name => name == feature ? 3 : 0), Lease);
            var passages = (await ExplainAsync(world, "When does the lease of the mill end?")).Passages;
            Assert.Contains(passages, passage => passage.Parts.Single(part => part.Signal == signal).Contribution != 0);
            Assert.All(passages.SelectMany(passage => passage.Parts).Where(part => part.Signal != signal), part => Assert.Equal(0, part.Contribution));
        }
    }

    private static Gen<((string Name, string[] Chunks)[] Texts, int Seed)> Worlds { get; } = Gen.Select(
        Gen.Int[0, 7].Select(i => ((string[])["rent", "end", "expire", "lapse", "notice", "mill", "ending", "wheel"])[i])
            .Array[1, 6].Select(words => string.Join(' ', words)).Array[1, 4].Select(chunks => ("The rent", chunks)).Array[1, 3],
        Gen.Int[0, 1000]);

    private static Task<SearchExplanation> ExplainAsync(SmallWorld world, string question) => new Retriever().ExplainAsync(
        world.Workspace, new RetrievalQuery(question, 50) { Folded = FoldedPassages.None }, id => world.Names[id], CancellationToken.None);
}
