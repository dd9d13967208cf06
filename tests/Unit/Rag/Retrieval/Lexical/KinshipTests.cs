using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;
using Tessera.Unit.Rag.Retrieval.Vectors;

namespace Tessera.Unit.Rag.Retrieval.Lexical;

public sealed class KinshipTests
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);

    private static readonly WordVectors Vectors = WordVectors.Of(new FakeWords(("car", [1, 0, 0]), ("motor", [.8f, .6f, 0]), ("red", [0, 1, 0])))!;

    [Theory]
    [InlineData("car", "a car", 1)]
    [InlineData("car", "cars and cars", 1)]
    [InlineData("car", "the motor", .8)]
    [InlineData("car", "the pear", 0)]
    [InlineData("car", "", 0)]
    [InlineData("red car", "the motor", .7)]
    [InlineData("red car", "red motor, red pear", .9)]
    [InlineData("car car car", "the motor", .8)]
    public void Each_asked_word_counts_by_the_likest_word_of_the_passage(string asked, string passage, float expected) =>
        Assert.Equal(expected, Kin(asked, _ => 1).In(Terms(passage)), 0.02f);

    [Fact]
    public void Rare_words_count_more() =>
        Assert.Equal(.75f, Kin("red car", key => key == Term.KeyOf("car") ? 3 : 1).In(Terms("car pear")), 0.02f);

    [Fact]
    public void Without_vectors_or_words_nothing_is_kin()
    {
        Assert.Equal(0, new Kinship(Analyzer.Asked("car"), null, _ => 1).In(Terms("car")));
        Assert.Equal(0, Kin("", _ => 1).In(Terms("car")));
        Assert.Equal(0, Kin("car", _ => 0).In(Terms("car")));
    }

    private static Kinship Kin(string asked, Func<ulong, double> weigh) => new(Analyzer.Asked(asked), Vectors, weigh);

    private static Term[] Terms(string text)
    {
        var terms = new List<Term>();
        Analyzer.Analyze(text, terms);
        return [.. terms];
    }
}
