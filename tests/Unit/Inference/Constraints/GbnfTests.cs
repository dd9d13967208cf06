namespace Tessera.Unit.Inference.Constraints;

/// <summary>The matcher itself: it finds what it is there to find.</summary>
public sealed class GbnfTests
{
    [Theory]
    [InlineData("root ::= root \"a\" | \"b\"")]
    [InlineData("root ::= a\na ::= b? a \"x\"\nb ::= \"b\"")]
    [InlineData("root ::= space root\nspace ::= | \" \"")]
    [InlineData("root ::= (\"a\"?)*")]
    [InlineData("root ::= a+\na ::= | \"a\"")]
    [InlineData("root ::= a{2,}\na ::= b b\nb ::= \"x\"*")]
    public void Grammar_that_loops_is_found(string text) => Assert.NotEmpty(Gbnf.Parse(text).Faults());

    [Theory]
    [InlineData("root ::= a")]
    [InlineData("rule ::= \"a\"")]
    [InlineData("root ::= \"a")]
    [InlineData("root ::= \"\\q\"")]
    [InlineData("root ::= [z-a]")]
    [InlineData("root ::= \"a\"{2001}")]
    [InlineData("root ::= (\"a\" \"b\"){2,3}")]
    [InlineData("root ::= *")]
    [InlineData("root ::= \"a\")")]
    [InlineData("root_1 ::= \"a\"")]
    public void Grammar_that_the_engine_refuses_is_refused(string text) => Assert.Throws<FormatException>(() => Gbnf.Parse(text));

    [Theory]
    [InlineData("root ::= \"a\" b{1,2} c?\nb ::= [x-z] | [^a-z]\nc ::= \"\\n\" | \"\\u00e9\"", "ax aX9 axé", "a aq axxx axé9x")]
    [InlineData("root ::= (\"a\" | \"ab\") (\"bc\" | \"c\")", "ac abc abbc", "ab abcc")]
    [InlineData("root ::= [a]* \"ab\"", "ab aaab", "a b")]
    public void Texts_are_taken_as_the_grammar_says(string text, string taken, string refused)
    {
        var grammar = Gbnf.Parse(text);
        Assert.All(taken.Split(' '), one => Assert.True(grammar.Takes(one), one));
        Assert.All(refused.Split(' '), one => Assert.False(grammar.Takes(one), one));
    }
}
