using Tessera.Modules.Legal;
using Tessera.Sdk;

namespace Tessera.Unit.Modules;

public sealed class ClauseChunkerTests
{
    [Theory]
    [InlineData("ARTICLE IV - Term and Termination", 1, "Article IV", "Term and Termination")]
    [InlineData("Article 5", 1, "Article 5", "")]
    [InlineData("Section 5.2 Limitation of Liability.", 3, "Section 5.2", "Limitation of Liability")]
    [InlineData("§ 12 Notices", 2, "§ 12", "Notices")]
    [InlineData("1. DEFINITIONS.", 2, "1", "DEFINITIONS")]
    [InlineData("5.2 The Supplier shall pay the fees.", 3, "5.2", "")]
    [InlineData("5.2.1 Late Payment: interest accrues.", 4, "5.2.1", "Late Payment")]
    [InlineData("(a) \"Content\" means all content.", 7, "(a)", "")]
    [InlineData("(iii) in writing", 8, "(iii)", "")]
    [InlineData("SCHEDULE B", 0, "Schedule B", "")]
    [InlineData("CONFIDENTIALITY", 2, "", "CONFIDENTIALITY")]
    public void Heading_of_a_clause_is_read(string line, int level, string label, string title) =>
        Assert.Equal(new ClauseHeading(level, label, title), ClauseHeading.Parse(line));

    [Theory]
    [InlineData("30 days after the notice")]
    [InlineData("Section 5.2, and the parties agree")]
    [InlineData("Section 5.2 shall survive termination")]
    [InlineData("Article forty is repealed")]
    [InlineData("(see above) the parties")]
    [InlineData("1999. Afterwards")]
    [InlineData("3.14159 is pi")]
    [InlineData("The Supplier shall deliver.")]
    [InlineData("")]
    public void Line_that_only_looks_like_a_clause_is_not_one(string line) => Assert.Null(ClauseHeading.Parse(line));

    [Fact]
    public async Task Chunk_carries_the_trail_of_its_clause()
    {
        var filler = string.Concat(Enumerable.Repeat("The parties agree to this in full. ", 20));
        var sections = Chunks.Sections(("Master Agreement",
            $"ARTICLE 5 TERM AND TERMINATION\n5.1 Term. {filler}\n5.2 Termination for Convenience. {filler}\nARTICLE 6 LIABILITY\n6.1 Cap. {filler}"));
        var chunks = await Chunks.CutAsync(new ClauseChunker(), sections);
        Assert.Contains(chunks, x => x.Path == "Master Agreement › Article 5 TERM AND TERMINATION › 5.2 Termination for Convenience");
        var cap = Assert.Single(chunks, x => x.Text.Contains("6.1 Cap", StringComparison.Ordinal));
        Assert.Equal("Master Agreement › Article 6 LIABILITY › 6.1 Cap", cap.Path);
    }

    [Fact]
    public async Task Definition_is_tagged_with_its_term()
    {
        var chunks = await Chunks.CutAsync(new ClauseChunker(), Chunks.Sections(("", "“Effective Date” means 1 May 2026.")));
        Assert.Equal("Effective Date", Assert.Single(chunks).Tags[SectionTags.Symbol]);
    }

    [Fact]
    public async Task Clause_that_runs_over_a_page_is_one_chunk_on_its_first_page()
    {
        var chunks = await Chunks.CutAsync(new ClauseChunker(), Chunks.Sections(("", "7.1 Notice. Notice is given"), ("", "in writing to the other party.")));
        var chunk = Assert.Single(chunks);
        Assert.EndsWith("in writing to the other party.", chunk.Text, StringComparison.Ordinal);
        Assert.Equal(1, chunk.Page);
    }
}
