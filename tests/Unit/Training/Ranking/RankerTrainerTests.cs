using Tessera.Rag;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;
using Tessera.Training.Data;
using Tessera.Training.Ranking;

namespace Tessera.Unit.Training.Ranking;

public sealed class RankerTrainerTests
{
    [Fact]
    public void Signal_that_tells_right_from_wrong_gets_the_weight()
    {
        var random = new Random(1);
        var examples = Enumerable.Range(0, 50).Select(_ =>
        {
            bool[] right = [.. Enumerable.Range(0, 10).Select(i => i == 3)];
            return new RankingExample([.. right.Select(x => new[] { random.NextSingle(), (x ? 1 : 0) + random.NextSingle(), 7f })], right) { Named = false, Guessed = false };
        }).ToList();
        var weights = RankerTrainer.Fit(examples, neverAgainst: false, CancellationToken.None);
        Assert.True(weights[1] > 5 * Math.Abs(weights[0]));
        Assert.Equal(0, weights[2], 1e-3);
        Assert.InRange(examples.Average(x => x.Ndcg(row => row.Zip(weights, (a, b) => a * b).Sum())), .95, 1);
        Assert.Equal(weights, RankerTrainer.Fit(examples, neverAgainst: false, CancellationToken.None));
    }

    [Fact]
    public void Weights_that_never_count_against_are_not_below_0()
    {
        var random = new Random(1);
        var examples = Enumerable.Range(0, 50).Select(_ =>
        {
            bool[] right = [.. Enumerable.Range(0, 10).Select(i => i == 3)];
            return new RankingExample([.. right.Select(x => new[] { (x ? -1 : 0) + random.NextSingle(), (x ? 1 : 0) + random.NextSingle() })], right) { Named = false, Guessed = false };
        }).ToList();
        Assert.True(RankerTrainer.Fit(examples, neverAgainst: false, CancellationToken.None)[0] < 0);
        var weights = RankerTrainer.Fit(examples, neverAgainst: true, CancellationToken.None);
        Assert.Equal(0, weights[0]);
        Assert.True(weights[1] > 0);
    }

    [Fact]
    public void Feature_that_is_left_out_gets_no_weight()
    {
        var row = RankFeatures.Names.Select(_ => 1f).ToArray();
        var example = new RankingExample([row, new float[row.Length]], [true, false]) { Named = false, Guessed = false };
        var weights = RankerTrainer.Fit([example.Without(name => name.StartsWith("kin", StringComparison.Ordinal))], neverAgainst: false, CancellationToken.None);
        Assert.All(RankFeatures.Names.Zip(weights), x => Assert.Equal(x.First.StartsWith("kin", StringComparison.Ordinal), x.Second == 0));
        Assert.Equal(1, row[0]);
    }

    [Fact]
    public void Fit_stops_when_cancelled() => Assert.Throws<OperationCanceledException>(() =>
        RankerTrainer.Fit([new RankingExample([[1], [0]], [true, false]) { Named = false, Guessed = false }], neverAgainst: false, new CancellationToken(canceled: true)));

    [Fact]
    public void Lines_of_one_document_fall_to_one_side_and_both_sides_have_some()
    {
        var lines = Enumerable.Range(0, 60).Select(i => new TrainingLine { Kind = "qa", Title = $"Document {i / 3}", Question = $"Question {i}?", Answer = "Yes." }).ToList();
        Assert.All(lines.GroupBy(x => x.Title), x => Assert.Single(x.Select(HeldBack.Has).Distinct()));
        Assert.Equal([false, true], lines.Select(HeldBack.Has).Distinct().Order());
    }

    [Fact]
    public void Passages_are_the_text_cut_behind_sentences()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(i => $"Sentence number {i} is here. "));
        var passages = Tessera.Training.Ranking.Passages.Cut(text, 200).ToList();
        Assert.Equal(text, string.Concat(passages));
        Assert.All(passages, x => Assert.EndsWith(". ", x, StringComparison.Ordinal));
        Assert.All(passages, x => Assert.InRange(x.Length, 1, 200));
    }

    [Fact]
    public void Sentence_that_stands_for_a_question_is_gone_from_its_passage()
    {
        var world = RankingWorld.Of([]);
        // Of texts that differ in one word some are held back and some are not.
        string[] texts = [.. Enumerable.Range(0, 20).Select(i => $"First one. The ferry leaves the harbour of Halden each morning at six. Third {i}. Fourth.")];
        var (held, kept) = (texts.First(HeldBack.Has), texts.First(x => !HeldBack.Has(x)));
        world.AddPassage("d1", "The title", held);
        world.AddPassage("d2", "Another", kept);
        var question = Assert.Single(world.Cases);
        var documents = world.Documents.ToList();
        Assert.Equal([("d1", "The title"), ("d2", "Another")], documents.Select(x => (x.Key, x.Title)));
        Assert.Equal(held.Replace("The ferry leaves the harbour of Halden each morning at six. ", "", StringComparison.Ordinal), Assert.Single(documents[0].Passages));
        Assert.Equal(kept, Assert.Single(documents[1].Passages));
        Assert.Equal("The ferry leaves the harbour of Halden each morning at six", question.Question);
        Assert.True(question.Guessed);
        Assert.True(question.Answers(documents[0].Passages[0]));
    }

    [Fact]
    public void Question_about_a_contract_is_also_asked_within_it_without_its_name()
    {
        var world = RankingWorld.Of(
        [
            new TrainingLine { Kind = "text", Title = "A.pdf", Text = "This ends in May." },
            new TrainingLine { Kind = "qa", Title = "A.pdf", Question = "In the Lease between A and B: When does it end?", Evidence = ["ends in May"] },
        ]);
        Assert.Equal(
            [("In the Lease between A and B: When does it end?", null), ("When does it end?", "A.pdf")],
            world.Cases.Select(x => (x.Question, x.Within)).OrderBy(x => x.Within is not null));
        Assert.All(world.Cases, x => Assert.True(x.Answers("This ends in May.") && !x.Answers("This ends in June.") && !x.Guessed));
    }

    [Fact]
    public async Task Examples_are_what_the_products_search_finds()
    {
        var world = RankingWorld.Of(
        [
            new TrainingLine { Kind = "qa", Title = "Asthma", Question = "What helps against asthma?", Answer = "Asthma is treated by inhalers." },
            new TrainingLine { Kind = "qa", Title = "Gout", Question = "What is gout?", Answer = "Gout comes from uric acid, asthma does not." },
        ]);
        var profile = new DomainProfile { Id = "medical", Name = "", Description = "" };
        var examples = await RankingBench.RunAsync(world, profile, DomainModels.None, new Progress<double>(), TestContext.Current.CancellationToken);
        var example = Assert.Single(examples);
        Assert.Equal([true, false], example.Right);
        Assert.True(example.Named);
        Assert.Equal(RankFeatures.Names.Count, example.Rows[0].Length);
    }
}
