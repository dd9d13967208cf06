namespace Tessera.Unit.Inference.Static;

public sealed class FeatureScannerTests
{
    [Theory]
    [InlineData("getUserName", "get user name getusername")]
    [InlineData("get_user_name", "get user name getusername")]
    [InlineData("XMLReader2", "xml reader 2 xmlreader2")]
    [InlineData("__init__", "init")]
    [InlineData("a = b.Count();", "a b count")]
    [InlineData("", "")]
    [InlineData("___", "")]
    public void Names_of_code_are_parts_and_whole(string code, string words) =>
        Assert.Equal(StaticModels.Words(words, splitsIdentifiers: false), StaticModels.Words(code, splitsIdentifiers: true));

    [Fact]
    public void Words_are_the_same_in_any_case_and_between_any_marks() =>
        Assert.Equal(StaticModels.Words("the élan of 5 bees", false), StaticModels.Words("«The ÉLAN»—of(5)😀 bees!", false));

    [Theory]
    [InlineData("a", 0)]
    [InlineData("ab", 1)]
    [InlineData("abc", 2)]
    [InlineData("abcd", 3)]
    [InlineData("abc abc", 4)]
    public void Word_has_a_run_for_each_letter_but_one(string text, int runs) => Assert.Equal(runs, StaticModels.Grams(text).Count);

    [Fact]
    public void Ends_of_a_word_are_told_from_its_middle() =>
        Assert.Equal(6, StaticModels.Grams("contract").Intersect(StaticModels.Grams("subcontract")).Count());
}
