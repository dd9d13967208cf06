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
    public void Neighbours_of_the_question_count_where_they_stand_near(string text, bool near) => Assert.Equal(near, Near("red apple").In(text) > 0);

    [Fact]
    public void Words_that_stand_apart_in_the_question_are_no_pair() =>
        Assert.Equal(0, Near("red green blue apple").In("red apple"));

    [Fact]
    public void More_near_pairs_are_nearer_and_long_questions_are_worth_no_more()
    {
        var near = Near("red green apple");
        Assert.True(near.In("red green apple") > near.In("red green pear plum fig quince apple"));
        Assert.True(near.In("red green red green") > near.In("red green"));
        Assert.Equal(Near("red apple").In("red apple"), Near("red apple").In("red apple is here"));
        Assert.True(Near("red apple green pear blue plum").In("red apple") < Near("red apple").In("red apple"));
        Assert.Equal(0, Near("apple").In("apple apple"));
    }

    private static Nearness Near(string question) => new([.. Analyzer.Asked(question).Select(x => x.Key)], _ => 1, Analyzer);
}
