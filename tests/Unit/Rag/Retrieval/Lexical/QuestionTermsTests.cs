using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Sdk;
using Tessera.Unit.Rag.Retrieval.Translation;

namespace Tessera.Unit.Rag.Retrieval.Lexical;

public sealed class QuestionTermsTests
{
    [Fact]
    public void Words_of_the_question_count_as_often_as_they_stand() =>
        Assert.Equal([("apple", 2), ("pear", 1)], Weights("apples and pears: apple", []));

    [Fact]
    public void Expansion_adds_only_what_the_question_does_not_say() =>
        Assert.Equal([("apple", 1), ("fruit", .5), ("tree", .5)], Weights("apple", [new("apples", 3), new("fruit trees", .5)]));

    [Fact]
    public void Greatest_weight_of_an_expansion_counts() =>
        Assert.Equal([("apple", 1), ("fruit", .7)], Weights("apple", [new("fruit", .5), new("fruits", .7), new("fruit", .1)]));

    [Fact]
    public void Question_without_words_has_no_terms() => Assert.Empty(Weights("the …", [new("of", 1)]));

    [Theory]
    [InlineData(TextAnalysis.Prose, "How long may an apple be kept?", "long appl kept")]
    [InlineData(TextAnalysis.Prose, "What is it that you may do?", "what you mai do")]
    [InlineData(TextAnalysis.Prose, "method of payment", "method payment")]
    [InlineData(TextAnalysis.Code, "C# method that lists names", "list name")]
    [InlineData(TextAnalysis.Code, "java method", "java method")]
    public void Words_that_only_ask_are_left_out_where_there_are_others(TextAnalysis analysis, string question, string terms) =>
        Assert.Equal(terms.Split(' '), TextAnalyzer.For(analysis).Asked(question).Select(x => x.Text));

    [Fact]
    public void Pieces_are_those_of_the_questions_own_words()
    {
        var terms = QuestionTerms.Of(new SearchRequest("does it govern", 1) { Expansions = [new("rule", 1)] }, TextAnalyzer.For(TextAnalysis.Prose));
        Assert.Equal(["^gov", "gove", "over", "vern", "ern$"], terms.Grams.Select(x => Letters(x.Key)));
        Assert.Equal(["^it$"], WordGrams.Of("it").Select(Letters));
        Assert.Equal(["^a$"], WordGrams.Of("a").Select(Letters));
    }

    [Fact]
    public void Added_words_are_promises_where_promises_are_known_and_spoil_no_title()
    {
        var request = new SearchRequest("In the Fruit Agreement: apple", 1)
        {
            Expansions = [new("pear tree", .2), new("pear", .1), new("apple", 9)], Background = [new("plum", .4)], Translation = ToyModel.Read(),
        };
        var terms = QuestionTerms.Of(request, TextAnalyzer.For(TextAnalysis.Prose));
        Assert.Equal([(Key("pear"), .2 / Math.Sqrt(2)), (Key("tree"), .2 / Math.Sqrt(2))], terms.Meant.Select(x => (x.Key, x.Value)));
        Assert.Equal([Key("apple")], terms.Asked.Select(x => x.Key));
        Assert.Equal([Key("fruit"), Key("agreement"), Key("apple"), Key("plum")], terms.Words.Select(x => x.Key));

        static ulong Key(string word) => Term.KeyOf(PorterStemmer.Stem(word));
    }

    private static string Letters(ulong gram) =>
        new([.. new[] { 48, 32, 16, 0 }.Select(shift => (char)(gram >> shift)).Where(x => x != 0)]);

    private static List<(string, double)> Weights(string query, QueryTerm[] expansions)
    {
        string[] known = ["apple", "pear", "fruit", "tree"];
        var names = known.ToDictionary(x => Term.KeyOf(PorterStemmer.Stem(x)));
        var request = new SearchRequest(query, 10) { Expansions = expansions };
        return [.. QuestionTerms.Of(request, TextAnalyzer.For(TextAnalysis.Prose)).Words.Select(x => (names[x.Key], x.Value))];
    }
}
