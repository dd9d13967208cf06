using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Translation;

namespace Tessera.Unit.Training.Translation;

public sealed class TranslationTrainerTests
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);

    [Fact]
    public void Words_that_keep_company_promise_each_other()
    {
        var model = TranslationModel.Read(Train(Toy(20)), Analyzer);
        foreach (var (question, passage) in Lexicon)
        {
            var best = model.PromisesOf(Key(question)).ToArray().MaxBy(x => x.Probability);
            Assert.Equal(Key(passage), best.Word);
            Assert.True(best.Probability > 0.5);
        }
    }

    [Fact]
    public void Words_of_all_questions_are_promised_by_none()
    {
        var model = TranslationModel.Read(Train(Toy(20)), Analyzer);
        var promises = model.PromisesOf(Key("please")).ToArray();
        Assert.Equal(Lexicon.Length, promises.Length);
        Assert.All(promises, x => Assert.True(x.Probability < 0.3));
    }

    [Fact]
    public void Word_seen_once_is_not_learned()
    {
        var model = TranslationModel.Read(Train([.. Toy(5), ("single", "lonely house"), ("cat", "solitary")]), Analyzer);
        Assert.True(model.PromisesOf(Key("single")).IsEmpty);
        Assert.DoesNotContain(model.PromisesOf(Key("cat")).ToArray(), x => x.Word == Key("solitary"));
    }

    [Fact]
    public void Word_seen_rarely_promises_less()
    {
        var model = TranslationModel.Read(Train([.. Toy(20), ("bird", "oiseau"), ("bird", "oiseau")]), Analyzer);
        Assert.True(Best(model, "bird") < Best(model, "cat"));
    }

    [Fact]
    public void Words_beyond_the_limit_are_not_learned_from()
    {
        var recipe = new TranslationRecipe { MostWords = 1 };
        var model = TranslationModel.Read(Train([("cat", "chat noir"), ("cat", "chat noir"), ("dog", "chien noir"), ("dog", "chien noir")], recipe), Analyzer);
        Assert.Equal([Key("chat")], model.PromisesOf(Key("cat")).ToArray().Select(x => x.Word));
    }

    [Fact]
    public void Equal_pairs_make_equal_bytes() => Assert.Equal(Train(Toy(20)), Train(Toy(20)));

    [Fact]
    public void Rounds_are_reported_in_their_order()
    {
        var rounds = new Rounds();
        TranslationTrainer.Train(Pairs(Toy(2)), new TranslationRecipe(), rounds, CancellationToken.None);
        Assert.Equal([1, 2, 3, 4, 5, 6], rounds.Seen);
    }

    [Fact]
    public void Training_stops_when_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var rounds = new Rounds { Then = round => Stop(round, stop) };
        Assert.Throws<OperationCanceledException>(() => TranslationTrainer.Train(Pairs(Toy(2)), new TranslationRecipe(), rounds, stop.Token));
        Assert.Equal([1, 2], rounds.Seen);
    }

    [Fact]
    public void Nothing_to_learn_makes_an_empty_model() =>
        Assert.Equal(0, TranslationModel.Read(Train([("cat", "chat")]), Analyzer).Promises);

    private static readonly (string Question, string Passage)[] Lexicon = [("cat", "chat"), ("dog", "chien"), ("house", "maison"), ("tree", "arbre")];

    // Every two words of the lexicon together, so that only the company they keep tells which is whose.
    private static List<(string, string)> Toy(int times) =>
    [
        .. from time in Enumerable.Range(0, times)
           from first in Lexicon
           from second in Lexicon
           where first != second
           select ($"please {first.Question} {second.Question}", $"{second.Passage} {first.Passage}"),
    ];

    private static ulong Key(string word) => Term.KeyOf(Analyzer.Terms(word).Single());

    private static float Best(TranslationModel model, string question) => model.PromisesOf(Key(question)).ToArray().Max(x => x.Probability);

    private static byte[] Train(List<(string, string)> pairs, TranslationRecipe? recipe = null) =>
        TranslationTrainer.Train(Pairs(pairs), recipe ?? new TranslationRecipe(), null, CancellationToken.None);

    private static PairWords Pairs(List<(string Question, string Passage)> pairs)
    {
        var words = new PairWords(Analyzer, 1);
        pairs.ForEach(x => words.Add(x.Question, x.Passage));
        return words;
    }

    private static void Stop(int round, CancellationTokenSource stop)
    {
        if (round == 2)
        {
            stop.Cancel();
        }
    }

    private sealed class Rounds : IProgress<int>
    {
        public List<int> Seen { get; } = [];

        public Action<int> Then { get; init; } = _ => { };

        public void Report(int value)
        {
            Seen.Add(value);
            Then(value);
        }
    }
}
