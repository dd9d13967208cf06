using CsCheck;
using Tessera.Rag;
using Tessera.Rag.Adapting;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Translation;

namespace Tessera.Unit.Rag.Adapting;

public sealed class AdaptationCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-check-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Win_needs_a_gain_that_is_no_chance_and_no_loss_of_own_questions() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[0, 1], Gen.Double[-1, 1], Gen.Bool, Gen.Int[1, 4]).Sample((gain, p, own, asked, tried) =>
        {
            var figures = new AdaptationFigures(Comparison(gain, p), asked ? Comparison(own, 1) : null);
            Assert.Equal(gain > 1e-9 && p < AdaptationFigures.MostChance / tried && (!asked || own >= -1e-9), figures.Win(tried));
        });

    [Fact]
    public void Best_is_the_greatest_gain_of_those_that_win_and_the_first_of_equals()
    {
        Assert.Null(AdaptationFigures.Best([]));
        Assert.Null(AdaptationFigures.Best([Figures(0, 0.001), Figures(0.2, 0.04)]));
        Assert.Equal(1, AdaptationFigures.Best([Figures(0.1, 0.001), Figures(0.2, 0.001), Figures(0.3, 0.03)]));
        Assert.Equal(0, AdaptationFigures.Best([Figures(0.1, 0.001), Figures(0.1, 0.001)]));
    }

    [Fact]
    public async Task Models_that_know_the_headings_words_win_and_those_in_use_draw()
    {
        var documents = Enumerable.Range(0, 420).Select(Document).ToList();
        var pairs = new HeadingPairs(TextAnalysis.Prose);
        documents.ForEach(document => pairs.Add("", document));
        var split = HeadingSplit.Of(pairs.ToList())!;
        var texts = AdaptationTexts.Of(split, [], documents, TextAnalysis.Prose);
        var words = new PairWords(TextAnalyzer.For(TextAnalysis.Prose), 0.6);
        foreach (var (question, answer) in texts.Pairs)
        {
            words.Add(question, answer);
        }

        var learned = TranslationModel.Read(TranslationTrainer.Train(words, new TranslationRecipe { LengthPower = 0.6 }, null, Token), TextAnalyzer.For(TextAnalysis.Prose));
        var shares = new List<double>();
        var roles = DomainRoles.Of(new Plain());
        AskedQuestion[] own = [new("Heading words", chunk => chunk.Ordinal == 99), new(split.HeldOut[0].Question, split.HeldOut[0].Passages.Contains)];
        var figures = await new AdaptationCheck(roles, _folder).RunAsync([DomainModels.None, new DomainModels { Translation = learned }], split, own, documents, new Reports(shares), Token);

        Assert.Equal((0d, 1d), (figures[0].Headings.Difference, figures[0].Headings.P));
        Assert.False(figures[0].Win(1));
        Assert.True(figures[1].Win(2), figures[1].ToString());
        Assert.True(figures[1].Headings.Right > 0.5, figures[1].ToString());

        // The one that no chunk answers was not asked.
        Assert.Equal(1, figures[1].Questions!.Better + figures[1].Questions!.Equal + figures[1].Questions!.Worse);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public async Task Copy_of_a_passage_is_found_beside_it()
    {
        const string Text = "The ferry to Vell leaves the quay at noon on every market day.";
        var documents = Enumerable.Range(0, 420).Select(Document).ToList();
        foreach (var number in (int[])[1000, 1001])
        {
            documents.Add([new Chunk(new DocumentId(new Guid(number, 0, 0, new byte[8])), 0, Text, "", null, 0, Text.Length)]);
        }

        var pairs = new HeadingPairs(TextAnalysis.Prose);
        documents.ForEach(document => pairs.Add("", document));
        foreach (var copy in documents[^2..])
        {
            AskedQuestion[] own = [new("When does the ferry to Vell leave?", chunk => chunk.Document == copy[0].Document)];
            var folder = Path.Combine(_folder, copy[0].Document.ToString());
            var figures = await new AdaptationCheck(DomainRoles.Of(new Plain()), folder).RunAsync(
                [DomainModels.None], HeadingSplit.Of(pairs.ToList())!, own, documents, null, Token);
            Assert.True(figures[0].Questions!.Left > 0.6, figures[0].ToString());
        }
    }

    private static MeasureComparison Comparison(double gain, double p) => new("ndcg10", 0, gain, gain, 0, 0, 0, p);

    private static AdaptationFigures Figures(double gain, double p) => new(Comparison(gain, p), null);

    // A heading of two of thirty words, a text of the two that always stand for them.
    private static IReadOnlyList<Chunk> Document(int number)
    {
        var (one, two) = (number % 30, (number + 1 + (number / 30)) % 30);
        var text = $"{Word('q', one)} {Word('q', two)}\n\nIt is {Word('w', one)} and {Word('w', two)} here.";
        return [new Chunk(new DocumentId(new Guid(number + 1, 0, 0, new byte[8])), 0, text, $"{Word('q', one)} {Word('q', two)}", null, 0, text.Length)];
    }

    private static string Word(char side, int number) => $"{side}{(char)('a' + (number / 6))}{(char)('b' + (number % 6))}{(char)('m' + (number % 5))}{side}";

    private sealed class Reports(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }

    private sealed class Plain : DomainModule, IChunker
    {
        public override DomainProfile Profile { get; } = new() { Id = "plain", Name = "Plain", Description = "For tests." };

        public override void Configure(IDomainBuilder domain) => domain.Use(this);

        public IAsyncEnumerable<Chunk> ChunkAsync(SourceDocument document, IAsyncEnumerable<Section> sections, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Chunk>();
    }
}
