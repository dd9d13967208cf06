using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Tessera.Rag;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Reranking;
using Tessera.Unit.Rag.Answers;

namespace Tessera.Unit.Rag.Retrieval;

public sealed class RerankerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_passages_stand_in_the_order_of_the_model_and_scores_stay_comparable()
    {
        var found = await SearchAsync(25, 25, (_, passages, _) => Scores(passages.Select((_, i) => (double)i)));
        // FakeStore finds them in their order; the model likes the twentieth best.
        Assert.Equal([.. Enumerable.Range(0, 20).Reverse(), 20, 21, 22, 23, 24], found.Select(NumberOf));
        Assert.Equal(found.Select(x => x.Score).OrderDescending(), found.Select(x => x.Score));
        Assert.Equal([.. Enumerable.Range(0, 20).Reverse().Select(x => (double?)x), null, null, null, null, null], found.Select(x => x.Reread));
    }

    [Fact]
    public async Task Model_is_asked_without_the_name_of_the_document_and_reads_headings_too()
    {
        (string Question, IReadOnlyList<string> Passages) asked = default;
        var scorer = new PassageScorer("cross", (question, passages, _) =>
        {
            asked = (question, passages);
            return Scores(passages.Select(_ => 1.0));
        });
        var workspace = FakeStore.Workspace(new FakeStore(FakeStore.Chunk("Five years.", "2 Term"), FakeStore.Chunk("No heading here."))) with { Scorer = scorer };
        await new Retriever().SearchAsync(workspace, new RetrievalQuery("In the lease: how long?", 2), Token);
        Assert.Equal("how long?", asked.Question);
        Assert.Equal(["2 Term\nFive years.", "No heading here."], asked.Passages);
    }

    [Fact]
    public async Task Passages_that_say_the_same_are_read_once()
    {
        var read = 0;
        var scorer = new PassageScorer("cross", (_, passages, _) => Scores(passages.Select(_ => (double)read++)));
        var text = "The tenant pays the rent each month in advance to the landlord's bank.";
        var workspace = FakeStore.Workspace(new FakeStore(FakeStore.Chunk(text), FakeStore.Chunk(text), FakeStore.Chunk("Another."))) with { Scorer = scorer };
        Assert.Equal(2, (await new Retriever().SearchAsync(workspace, new RetrievalQuery("rent", 5), Token)).Count);
        Assert.Equal(2, read);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "throws", "it could not be run" },
        { "throws at once", "it could not be run" },
        { "cancels by itself", "it could not be run" },
        { "too few", "it gave 2 scores of 3 passages" },
        { "no number", "it gave a score that is no number" },
        { "slow", "it took longer than 3 s" },
        { "deaf", "it took longer than 3 s" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Faulty_or_slow_model_leaves_the_order_and_is_told(string fault, string problem)
    {
        var clock = new FakeTimeProvider();
        var scorer = new PassageScorer("cross", (_, passages, token) => fault switch
        {
            "throws" => Task.FromException<IReadOnlyList<double>>(new InvalidDataException("secret")),
            "throws at once" => throw new InvalidDataException("secret"),
            "cancels by itself" => throw new OperationCanceledException(),
            "too few" => Scores([3, 2]),
            "no number" => Scores([1, double.NaN, 2]),
            "slow" => WaitTooLongAsync(token),
            _ => WaitTooLongAsync(CancellationToken.None),
        });
        var workspace = Workspace(3) with { Scorer = scorer };
        var found = await new Retriever(clock).SearchAsync(workspace, new RetrievalQuery("which", 3), Token);
        Assert.Equal([0, 1, 2], found.Select(NumberOf));
        Assert.All(found, x => Assert.Null(x.Reread));
        var outcome = (await ExplainAsync(workspace, RetrievalSetup.Configured, clock)).Reranking;
        Assert.Equal(("cross", 3, problem), (outcome!.Model, outcome.Read, outcome.Problem));

        Task<IReadOnlyList<double>> WaitTooLongAsync(CancellationToken token)
        {
            var waiting = WaitAsync(token);
            clock.Advance(TimeSpan.FromSeconds(4));
            return waiting;
        }
    }

    [Fact]
    public async Task Caller_who_leaves_ends_the_search()
    {
        using var leaving = new CancellationTokenSource();
        var scorer = new PassageScorer("cross", async (_, _, token) =>
        {
            await leaving.CancelAsync();
            return await WaitAsync(token);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new Retriever().SearchAsync(Workspace(3) with { Scorer = scorer }, new RetrievalQuery("which", 3), leaving.Token));
    }

    [Fact]
    public async Task Setup_leaves_it_out_and_the_explanation_shows_its_scores()
    {
        var calls = 0;
        var workspace = Workspace(3) with
        {
            Scorer = new PassageScorer("cross", (_, passages, _) =>
            {
                calls++;
                return Scores(passages.Select((_, i) => i - .5));
            }),
        };
        foreach (var setup in (RetrievalSetup[])[RetrievalSetup.NoReranker, RetrievalSetup.Lexical])
        {
            Assert.Null((await ExplainAsync(workspace, setup)).Reranking);
        }

        Assert.Equal(0, calls);
        var explained = await ExplainAsync(workspace, RetrievalSetup.Configured);
        Assert.Null(explained.Reranking!.Problem);
        Assert.Equal([(1.5, 1, 3), (.5, 2, 2), (-.5, 3, 1)], explained.Passages.Select(x => (x.Reread!.Value, x.Rank, x.CandidateRank)));
    }

    [Fact]
    public async Task Nothing_found_is_nothing_to_read()
    {
        var workspace = Workspace(0) with { Scorer = new PassageScorer("cross", (_, _, _) => throw new InvalidOperationException()) };
        Assert.Null((await ExplainAsync(workspace, RetrievalSetup.Configured)).Reranking);
    }

    [Fact]
    public Task Whatever_the_scores_no_passage_is_lost_and_the_best_come_first() => Gen.Select(
        Gen.Double[-5, 5].Array[1, 30], Gen.Int[1, 30]).SampleAsync(async (scores, top) =>
    {
        var found = await SearchAsync(scores.Length, top, (_, passages, _) => Scores(scores.Take(passages.Count)));
        Assert.Equal(Math.Min(top, scores.Length), found.Count);
        Assert.Equal(found.Count, found.Select(NumberOf).Distinct().Count());
        var read = found.Take(Math.Min(20, found.Count)).ToList();
        Assert.Equal(scores.Take(20).OrderDescending().Take(read.Count), read.Select(x => x.Reread!.Value));
        Assert.Equal(found.Select(x => x.Score).OrderDescending(), found.Select(x => x.Score));
    });

    private static async Task<IReadOnlyList<double>> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return [];
    }

    private static Task<IReadOnlyList<double>> Scores(IEnumerable<double> scores) => Task.FromResult<IReadOnlyList<double>>([.. scores]);

    private static DomainWorkspace Workspace(int passages) =>
        FakeStore.Workspace(new FakeStore([.. Enumerable.Range(0, passages).Select(i => FakeStore.Chunk($"Passage {i}.", $"Part {i}"))]));

    private static Task<IReadOnlyList<Candidate>> SearchAsync(int passages, int top, ScorePassages score) =>
        new Retriever().SearchAsync(Workspace(passages) with { Scorer = new PassageScorer("cross", score) }, new RetrievalQuery("which", top), Token);

    private static Task<Tessera.Rag.Retrieval.Explaining.SearchExplanation> ExplainAsync(DomainWorkspace workspace, RetrievalSetup setup, TimeProvider? clock = null) =>
        new Retriever(clock).ExplainAsync(workspace, new RetrievalQuery("which", 3) { Setup = setup }, _ => "Name", Token);

    private static int NumberOf(Candidate passage) => int.Parse(passage.Chunk.Text[8..^1], System.Globalization.CultureInfo.InvariantCulture);
}
