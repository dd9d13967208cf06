using CsCheck;
using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Unit.Rag.Retrieval.Analysis;

public sealed class NamingPartTests
{
    [Theory]
    [InlineData("In the Supply Agreement between A, Inc and B: What is the term?", "What is the term?")]
    [InlineData("example.com: Do you share my data?", "Do you share my data?")]
    [InlineData("In the Lease:  Who pays?", "Who pays?")]
    [InlineData("In the Lease: Who pays: A or B?", "Who pays: A or B?")]
    public void Part_that_names_the_document_is_left_out(string question, string rest) =>
        Assert.Equal(rest, NamingPart.Without(question).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Who pays?")]
    [InlineData(": Who pays?")]
    [InlineData("Lease: ")]
    [InlineData("Ratio 1:2 of what?")]
    [InlineData("Who pays? Choose one: A or B")]
    [InlineData("How to treat Colitis: Collagenous Colitis?")]
    public void Question_that_names_none_stays(string question)
    {
        Assert.Equal(0, NamingPart.LengthIn(question));
        Assert.Equal(question, NamingPart.Without(question).ToString());
    }

    [Fact]
    public void What_stays_is_the_end_of_the_question() => Gen.Char[" :?aW"].Array[0, 20].Sample(characters =>
    {
        var question = new string(characters);
        Assert.EndsWith(NamingPart.Without(question).ToString(), question, StringComparison.Ordinal);
        Assert.Equal(string.IsNullOrWhiteSpace(question), NamingPart.Without(question).IsWhiteSpace());
    });
}
