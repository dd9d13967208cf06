using CsCheck;
using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Unit.Rag.Retrieval.Translation;

public sealed class TranslationScorerTests
{
    private const ulong Other = 99;

    private static readonly TranslationModel Model = ToyModel.Read();

    [Fact]
    public void Score_is_that_of_the_formula()
    {
        WordCount[] passage = [new(ToyModel.Cat, 1), new(ToyModel.Dog, 2), new(ToyModel.Pet, 1), new(Other, 4)];
        var divisor = 5 + 1 + (1 + Math.Log(2)) + 1 + (1 + Math.Log(4));
        var promises = Model.PromisesOf(ToyModel.Pet);
        double cat = promises[0].Probability, dog = promises[1].Probability;
        var promised = ((cat * 1) + (dog * (1 + Math.Log(2)))) / divisor;
        var usual = (cat * 0.02) + (dog * 0.01);
        var score = new TranslationScorer(Model, [ToyModel.Pet]).Score(passage);
        Assert.Equal(Math.Log(1 + (0.7 / 0.3 * promised / usual)), score.Pure, 4);
        Assert.Equal(Math.Log(1 + (0.7 / 0.3 * ((0.7 * promised) + (0.3 / divisor)) / ((0.7 * usual) + (0.3 * 0.005)))), score.Mixed, 4);
    }

    [Fact]
    public void Long_passage_is_thinned_by_the_power_of_its_length()
    {
        WordCount[] passage = [.. Enumerable.Range(0, 20).Select(x => new WordCount((ulong)x, 1))];
        Assert.Equal(25, PassageShare.Divisor(passage, 1), 9);
        Assert.Equal(5 + Math.Sqrt(20), PassageShare.Divisor(passage, 0.5), 9);
    }

    [Fact]
    public void Passage_that_promises_nothing_scores_zero() =>
        Assert.Equal(default, new TranslationScorer(Model, [ToyModel.Pet, ToyModel.Vet, Other]).Score([new WordCount(7, 3)]));

    [Fact]
    public void Question_or_passage_without_words_scores_zero()
    {
        Assert.Equal(default, new TranslationScorer(Model, []).Score([new WordCount(ToyModel.Cat, 3)]));
        Assert.Equal(default, new TranslationScorer(Model, [ToyModel.Pet]).Score([]));
    }

    [Fact]
    public void Word_of_the_question_itself_counts_only_in_the_mixed_score()
    {
        var score = new TranslationScorer(Model, [ToyModel.Vet]).Score([new WordCount(ToyModel.Vet, 1)]);
        Assert.Equal(0, score.Pure);
        Assert.True(score.Mixed > 0);
    }

    [Fact]
    public void Word_counts_once_however_often_the_question_has_it() => Assert.Equal(
        new TranslationScorer(Model, [ToyModel.Pet]).Score([new WordCount(ToyModel.Cat, 1)]),
        new TranslationScorer(Model, [ToyModel.Pet, ToyModel.Pet]).Score([new WordCount(ToyModel.Cat, 1)]));

    [Fact]
    public void More_of_a_promising_word_scores_more_and_more_of_another_less() => AnyPassage.Sample((counts, more) =>
    {
        var scorer = new TranslationScorer(Model, [ToyModel.Vet]);
        WordCount[] passage = [new(ToyModel.Dog, counts[0]), new(Other, counts[1])];
        var score = scorer.Score(passage);
        Assert.True(score.Pure > 0 && double.IsFinite(score.Mixed));
        var promising = scorer.Score([passage[0] with { Count = counts[0] + more }, passage[1]]);
        Assert.True(promising.Pure > score.Pure && promising.Mixed > score.Mixed);
        var thinner = scorer.Score([passage[0], passage[1] with { Count = counts[1] + more }]);
        Assert.True(thinner.Pure < score.Pure && thinner.Mixed < score.Mixed);
    });

    [Fact]
    public void Word_that_is_rare_in_the_collection_promises_more() => AnyPassage.Sample((counts, more) =>
    {
        WordCount[] passage = [new(ToyModel.Dog, counts[0]), new(Other, counts[1])];
        TranslationScore Of(double share) => new TranslationScorer(Model, [ToyModel.Vet], _ => share).Score(passage);
        var (rare, usual) = (Of(0.1 / (more + 1)), Of(0.1));
        Assert.True(rare.Pure > usual.Pure && rare.Mixed > usual.Mixed);
    });

    [Fact]
    public void Word_that_the_collection_promises_nowhere_adds_nothing() =>
        Assert.Equal(default, new TranslationScorer(Model, [ToyModel.Vet], _ => 0).Score([new WordCount(ToyModel.Dog, 1)]));

    [Fact]
    public void Mean_share_counts_passages_without_the_word()
    {
        var means = new MeanShares(1);
        means.Add([new WordCount(ToyModel.Cat, 1)]);
        means.Add([new WordCount(ToyModel.Cat, 1), new WordCount(ToyModel.Dog, 1)]);
        Assert.Equal(((1.0 / 6) + (1.0 / 7)) / 2, means[ToyModel.Cat], 9);
        Assert.Equal(1.0 / 7 / 2, means[ToyModel.Dog], 9);
        Assert.Equal(0, means[ToyModel.Pet]);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranslationScorer(Model, [], settings: new() { Smoothing = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranslationScorer(Model, [], settings: new() { Smoothing = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranslationScorer(Model, [], settings: new() { Own = 1.1 }));
    }

    private static Gen<(int[], int)> AnyPassage { get; } = Gen.Select(Gen.Int[1, 50].Array[2], Gen.Int[1, 50]);
}
