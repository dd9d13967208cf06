using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Lexical;

public sealed class WeightedTermsTests
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

    private static List<(string, double)> Weights(string query, QueryTerm[] expansions)
    {
        string[] known = ["apple", "pear", "fruit", "tree"];
        var names = known.ToDictionary(x => Term.KeyOf(PorterStemmer.Stem(x)));
        var request = new SearchRequest(query, 10) { Expansions = expansions };
        return [.. WeightedTerms.Of(request, TextAnalyzer.For(TextAnalysis.Prose)).Select(x => (names[x.Key], x.Value))];
    }
}
