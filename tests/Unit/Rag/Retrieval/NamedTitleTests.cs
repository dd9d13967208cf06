using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval;

public sealed class NamedTitleTests
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);

    [Theory]
    [InlineData("What is the outlook for arachnoid cysts?", "What is the outlook for")]
    [InlineData("How are Arachnoid Cysts treated?", "How are treated?")]
    [InlineData("Arachnoid cysts", null)]
    [InlineData("What is the outlook for cysts?", null)]
    [InlineData("Arachnoid cysts: what is the outlook?", null)]
    public void Title_that_the_question_says_is_left_out(string question, string? rest) =>
        Assert.Equal(rest, NamedTitle.Without(question, [Found(1, "Arachnoid Cysts", .9f), Found(1, "Arachnoid Cysts", .9f), Found(2, "Measles")], Analyzer));

    [Fact]
    public void Headings_that_passages_do_not_share_are_what_is_asked() => Assert.Equal(
        "How is the treatment of",
        NamedTitle.Without("How is the treatment of rickets", [Found(1, "Rickets › Treatment", .95f), Found(1, "Rickets › Causes", .5f)], Analyzer));

    [Fact]
    public void One_passage_has_no_title_that_is_told_from_its_heading() =>
        Assert.Null(NamedTitle.Without("How is the treatment of rickets", [Found(1, "Rickets treatment", .95f), Found(2, "Measles")], Analyzer));

    [Fact]
    public void Longest_title_that_is_said_is_the_one() => Assert.Equal(
        "What causes in",
        NamedTitle.Without(
            "What causes kidney disease in children",
            [Found(1, "Kidney Disease", .9f), Found(1, "Kidney Disease", .9f), Found(2, "Kidney Disease in Children", .9f), Found(2, "Kidney Disease in Children", .9f)],
            Analyzer));

    [Fact]
    public void Nothing_found_names_nothing() => Assert.Null(NamedTitle.Without("What is it?", [], Analyzer));

    private static Candidate Found(int document, string path, float covered = 0) =>
        new(new Chunk(new DocumentId(new Guid(document, 0, 0, new byte[8])), 0, "text", path, null, 0, 4), 1, new Signals(1, 0, 0, 0, 0, 0) { TitleCovered = covered });
}
