using Tessera.Rag.Answers;
using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Unit.Rag.Answers;

public sealed class AskedPartTests
{
    [Theory]
    [InlineData("In the Supply Agreement between A and B: Who pays?", 0f, "Who pays?")]
    [InlineData("example.com: Who pays?", 0f, "Who pays?")]
    [InlineData("Sleep apnoea: is it inherited?", 0f, "Sleep apnoea: is it inherited?")]
    [InlineData("Supply Agreement: Who pays?", .9f, "Who pays?")]
    [InlineData("Who pays?", .9f, "Who pays?")]
    [InlineData("", 0f, "")]
    public void Only_what_names_a_document_is_left_out(string question, float titleCovered, string asked) =>
        Assert.Equal(asked, AskedPart.Of(question, [new Candidate(FakeStore.Chunk("x"), 1, default(Signals) with { TitleCovered = titleCovered })]));
}
