using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Lexical;

public sealed class NearnessTests
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);

    [Theory]
    [InlineData("red apple", true)]
    [InlineData("apple, red", true)]
    [InlineData("red and very sweet and ripe apple", true)]
    [InlineData("red one two three four apple", false)]
    [InlineData("red red red", false)]
    [InlineData("", false)]
    public void Neighbours_of_the_question_count_where_they_stand_near(string text, bool near) => Assert.Equal(near, Near("red apple").In(Terms(text)) > 0);

    [Fact]
    public void Words_that_stand_apart_in_the_question_are_no_pair() =>
        Assert.Equal(0, Near("red green blue apple").In(Terms("red apple")));

    [Fact]
    public void More_near_pairs_are_nearer_and_long_questions_are_worth_no_more()
    {
        var near = Near("red green apple");
        Assert.True(near.In(Terms("red green apple")) > near.In(Terms("red green pear plum fig quince apple")));
        Assert.True(near.In(Terms("red green red green")) > near.In(Terms("red green")));
        Assert.Equal(Near("red apple").In(Terms("red apple")), Near("red apple").In(Terms("red apple is here")));
        Assert.True(Near("red apple green pear blue plum").In(Terms("red apple")) < Near("red apple").In(Terms("red apple")));
        Assert.Equal(0, Near("apple").In(Terms("apple apple")));
    }

    private static Nearness Near(string question) => new([.. Analyzer.Asked(question).Select(x => x.Key)], _ => 1);

    private static Term[] Terms(string text)
    {
        var terms = new List<Term>();
        Analyzer.Analyze(text, terms);
        return [.. terms];
    }
}
