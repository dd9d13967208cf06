using System.Text.Json;
using Tessera.Training.Answers;
using Tessera.Training.Data;

namespace Tessera.Unit.Training.Answers;

public sealed class AnswersTrainingTests
{
    private const string Clause = "The supplier may terminate this agreement at any time by giving ninety days of written notice to the customer.";
    private const string Law = "This agreement is governed by the laws of Portugal, and its courts decide on all disputes between the parties.";

    private static readonly TrainingLine[] Lines =
    [
        new() { Kind = "text", Title = "A", Text = $"{Clause} {Law}" },
        new() { Kind = "text", Title = "B", Text = $"{Law} Nothing else is agreed here between the parties, whatever they may have said before." },
        new() { Kind = "qa", Title = "A", Question = "In A: How does it end?", Evidence = [Clause] },
        new() { Kind = "qa", Title = "A", Question = "In A: Which law governs?", Evidence = [Law] },
        new() { Kind = "qa", Title = "B", Question = "In B: Which law governs?", Evidence = [Law] },
    ];

    private static AnswerWorld World(params TrainingLine[] lines) => AnswerWorld.Of(lines, Wordings.Read(null), _ => true);

    [Fact]
    public void What_is_asked_of_others_and_not_of_a_document_is_not_answered_there()
    {
        var absent = World(Lines).Cases.Where(x => x is { Guessed: false, Holder: null }).ToList();
        Assert.All(absent, x => Assert.EndsWith("How does it end?", x.Question, StringComparison.Ordinal));
        Assert.Equal([null, 1], absent.Select(x => x.Document));
    }

    [Fact]
    public void Answered_question_knows_where_its_evidence_stands()
    {
        var asked = World(Lines).Cases.First(x => x.Holder == 0);
        Assert.Equal([(0, Clause.Length)], asked.Spans);
        Assert.True(asked.IsAnsweredBy(0, 10, Clause.Length));
        Assert.False(asked.IsAnsweredBy(0, Clause.Length + 1, Clause.Length + 50));
        Assert.False(asked.IsAnsweredBy(1, 0, Clause.Length));
    }

    [Fact]
    public void Guessed_questions_are_half_answered_and_always_the_same()
    {
        var guessed = World(Lines).Cases.Where(x => x.Guessed).ToList();
        Assert.Equal(guessed.Count(x => x.Holder is null), guessed.Count(x => x.Holder is not null));
        Assert.NotEmpty(guessed);
        Assert.Equal(guessed.Select(x => x.Question), World(Lines).Cases.Where(x => x.Guessed).Select(x => x.Question));
    }

    [Fact]
    public void Of_pairs_some_answers_are_left_out()
    {
        var world = World([.. Enumerable.Range(0, 60).Select(i => new TrainingLine { Kind = "qa", Title = $"T{i}", Question = $"What is {i}?", Answer = $"It is number {i}." })]);
        var (there, missing) = (world.Cases.Count(x => x.Holder is not null), world.Cases.Count(x => x.Holder is null));
        Assert.Equal((60, there), (there + missing, world.Documents.Count));
        Assert.InRange(missing, 5, 40);
    }

    [Fact]
    public void Line_that_is_not_held_back_is_not_asked() =>
        Assert.Empty(AnswerWorld.Of(Lines, Wordings.Read(null), x => x.Kind == "text").Cases.Where(x => !x.Guessed));

    [Fact]
    public void Logistic_model_finds_the_feature_that_tells_and_its_threshold()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 400).Select(i => (Features: new[] { (float)random.NextDouble(), (i % 2) + (float)random.NextDouble(), 7f }, IsRight: i % 2 == 1, Weight: 1.0)).ToList();
        var weights = LogisticTrainer.Fit(rows, TestContext.Current.CancellationToken);
        Assert.True(weights[1] > 5 * Math.Abs(weights[0]), JsonSerializer.Serialize(weights));
        Assert.InRange(LogisticTrainer.LikelihoodOf([.5f, .2f, 7], weights), 0, .2);
        Assert.InRange(LogisticTrainer.LikelihoodOf([.5f, 1.8f, 7], weights), .8, 1);
        Assert.Equal(weights, LogisticTrainer.Fit(rows, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Fit_stops_when_cancelled() => Assert.Throws<OperationCanceledException>(() =>
        LogisticTrainer.Fit([([1f], true, 1), ([0f], false, 1)], new CancellationToken(canceled: true)));

    [Fact]
    public void Nothing_is_learned_of_no_examples() =>
        Assert.Throws<TrainingDataException>(() => AnswersTrainer.Fit([], TestContext.Current.CancellationToken));
}
