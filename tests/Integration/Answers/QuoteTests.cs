using Tessera.Host.Answers;
using Tessera.Sdk;

namespace Tessera.Integration.Answers;

public sealed class QuoteTests
{
    private static readonly DocumentId Document = new(Guid.CreateVersion7());

    // "The mill turns.\n\nThe wheel rests." in two passages.
    private static readonly Passage[] Passages = [Passage("The mill turns.", 0), Passage("The wheel rests.", 17)];

    [Theory]
    [InlineData("mill", 4, 8, true)]
    [InlineData("turns.\n\nThe wheel", 9, 26, true)]
    [InlineData("mile", 4, 8, false)]
    [InlineData("mill", 5, 9, false)]
    [InlineData("mill", 4, 9, false)]
    [InlineData("turns.\n.The wheel", 9, 26, false)]
    [InlineData("rests. Or not.", 27, 41, false)]
    [InlineData("", 4, 4, false)]
    [InlineData("T", -1, 0, false)]
    public void Quote_holds_where_the_passages_say_the_same(string quote, int start, int end, bool holds) =>
        Assert.Equal(holds, QuoteProof.Holds(new Citation(Document, null, "", start, end, quote), Passages));

    [Fact]
    public void Quote_of_a_document_that_was_not_found_does_not_hold() =>
        Assert.False(QuoteProof.Holds(new Citation(new DocumentId(Guid.CreateVersion7()), null, "", 4, 8, "mill"), Passages));

    [Fact]
    public void Quote_of_the_section_around_a_passage_holds()
    {
        var passage = Passages[0] with { Section = [Passages[0].Chunk, Passages[1].Chunk] };
        Assert.True(QuoteProof.Holds(new Citation(Document, null, "", 21, 26, "wheel"), [passage]));
        Assert.False(QuoteProof.Holds(new Citation(Document, null, "", 21, 26, "wheal"), [passage]));
        Assert.False(QuoteProof.Holds(new Citation(Document, null, "", 21, 26, "wheel"), [Passages[0]]));
    }

    private static Passage Passage(string text, int start) =>
        new(new Chunk(Document, 0, text, "", null, start, start + text.Length), 1);
}
