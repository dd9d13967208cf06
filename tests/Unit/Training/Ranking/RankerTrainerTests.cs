using Tessera.Rag.Retrieval.Ranking;
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
            return new RankingExample([.. right.Select(x => new[] { random.NextSingle(), (x ? 1 : 0) + random.NextSingle(), 7f })], right);
        }).ToList();
        var weights = RankerTrainer.Fit(examples, CancellationToken.None);
        Assert.True(weights[1] > 5 * Math.Abs(weights[0]));
        Assert.Equal(0, weights[2], 1e-3);
        Assert.InRange(examples.Average(x => x.Ndcg(row => row.Zip(weights, (a, b) => a * b).Sum())), .95, 1);
        Assert.Equal(weights, RankerTrainer.Fit(examples, CancellationToken.None));
    }

    [Fact]
    public void Fit_stops_when_cancelled() => Assert.Throws<OperationCanceledException>(() =>
        RankerTrainer.Fit([new RankingExample([[1], [0]], [true, false])], new CancellationToken(canceled: true)));

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
        var passages = Passages.Cut(text, 200).ToList();
        Assert.Equal(text, string.Concat(passages));
        Assert.All(passages, x => Assert.EndsWith(". ", x, StringComparison.Ordinal));
        Assert.All(passages, x => Assert.InRange(x.Length, 1, 200));
    }

    [Fact]
    public void Sentence_that_stands_for_a_question_is_gone_from_its_passage()
    {
        var world = RankingWorld.Of([]);
        world.AddPassage("d1", "The title", "First one. The ferry leaves the harbour of Halden each morning at six. Third. Fourth.");
        var question = Assert.Single(world.Cases);
        var (title, passages) = Assert.Single(world.Documents);
        Assert.Equal("The title", title);
        Assert.Equal("First one. Third. Fourth.", Assert.Single(passages));
        Assert.Equal("The ferry leaves the harbour of Halden each morning at six", question.Question);
        Assert.True(question.Answers(passages[0]));
    }

    [Fact]
    public async Task Examples_are_what_the_products_search_finds()
    {
        var world = RankingWorld.Of(
        [
            new TrainingLine { Kind = "qa", Title = "Asthma", Question = "What helps against asthma?", Answer = "Asthma is treated by inhalers." },
            new TrainingLine { Kind = "qa", Title = "Gout", Question = "What is gout?", Answer = "Gout comes from uric acid, asthma does not." },
        ]);
        var none = Tessera.Rag.Retrieval.Translation.TranslationModel.Read(
            Tessera.Rag.Retrieval.Translation.TranslationModelWriter.Write(Tessera.Rag.Retrieval.Analysis.TextAnalyzer.For(Tessera.Sdk.TextAnalysis.Prose), 1, new Dictionary<ulong, double>(), new Dictionary<ulong, IReadOnlyList<Tessera.Rag.Retrieval.Translation.WordPromise>>()),
            Tessera.Rag.Retrieval.Analysis.TextAnalyzer.For(Tessera.Sdk.TextAnalysis.Prose));
        var examples = await RankingBench.RunAsync(world, Tessera.Sdk.TextAnalysis.Prose, none, new Progress<double>(), TestContext.Current.CancellationToken);
        var example = Assert.Single(examples);
        Assert.Equal([true, false], example.Right);
        Assert.Equal(RankFeatures.Names.Count, example.Rows[0].Length);
    }
}
