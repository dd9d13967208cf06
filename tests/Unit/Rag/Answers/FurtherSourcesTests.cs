using CsCheck;
using Tessera.Rag.Answers;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Answers;

public sealed class FurtherSourcesTests
{
    private const string Defined = "“Net Sales” means all sales less returns.";
    private static readonly DocumentId Document = new(Guid.NewGuid());

    [Fact]
    public async Task Definition_of_a_term_that_is_quoted_is_a_further_source()
    {
        var answer = await AskAsync("Net Sales > 3:100-141");
        var reference = Assert.Single(answer.References);
        Assert.Equal((0, "Net Sales"), (reference.Citation, reference.Words));
        Assert.Equal(new Citation(Document, 7, "1 Definitions", 100, 141, Defined), reference.Source);
        Assert.Single(answer.Citations);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Net Profit > 3:100-141")]
    [InlineData("Net Sale > 3:100-141")]
    [InlineData("net sales > 3:100-141")]
    [InlineData("Net Sales > 4:100-141")]
    [InlineData("Net Sales > 3:99-141")]
    [InlineData("Net Sales > 3:100-142")]
    [InlineData("Net Sales > 3:141-100")]
    [InlineData("Net Sales > 3:-1-141")]
    [InlineData("Net Sales > 99999999999:100-141")]
    [InlineData("Net Sales > 0:0-20")]
    [InlineData(" > 3:100-141")]
    [InlineData("Net Sales > > 3")]
    public async Task Link_that_leads_nowhere_or_to_what_is_quoted_is_none(string links) => Assert.Empty((await AskAsync(links)).References);

    [Theory]
    [InlineData("The royalty is due under Section 5.2 in full.", "Section 5.2", true)]
    [InlineData("The royalty is due under Section 5.2.", "Section 5.2", true)]
    [InlineData("The royalty is due under Section 5.21 in full.", "Section 5.2", false)]
    [InlineData("The royalty is due under Section 5.2.1 in full.", "Section 5.2", false)]
    [InlineData("The royalty is due under Section 5.2(b) in full.", "Section 5.2", false)]
    public async Task Clause_is_the_one_that_the_quote_names_to_its_last_figure(string text, string words, bool named) =>
        Assert.Equal(named, (await AskAsync($"{words} > 3:100-141", text)).References.Count == 1);

    [Fact]
    public async Task Place_is_told_once_and_no_more_of_them_than_help()
    {
        var words = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"R{i}"));
        var links = string.Join("; ", Enumerable.Range(0, 20).Select(i => $"R{i} > 3:{100 + i}-{101 + i}").Append("R1 > 3:100-101"));
        var references = (await AskAsync(links, $"The royalty is due for {words}.")).References;
        Assert.Equal(6, references.Count);
        Assert.Equal(6, references.Select(x => x.Source.Start).Distinct().Count());
    }

    [Fact]
    public Task Whatever_a_plugin_writes_breaks_no_answer() => Gen.Char["0123456789>:-; Net Sales"].Array[0, 40].SampleAsync(
        async tag => Assert.Equal(AnswerStatus.Answered, (await AskAsync(new string(tag))).Status), iter: 200);

    private static async Task<Answer> AskAsync(string links, string text = "The royalty is five per cent of Net Sales each year.")
    {
        var found = FakeStore.Chunk(text, document: Document) with { Tags = new Dictionary<string, string> { [SectionTags.Links] = links } };
        var definition = new Chunk(Document, 3, Defined, "1 Definitions", 7, 100, 141);
        var workspace = FakeStore.Workspace(new FakeStore(found) { Documents = [found, definition] });
        var last = await new AnswerPipeline(new Tessera.Rag.Retrieval.Retriever(), TimeProvider.System)
            .AnswerAsync(workspace, new Question("How much is the royalty?"), CancellationToken.None).LastAsync(CancellationToken.None);
        return Assert.IsType<AnswerEvent.Completed>(last).Answer;
    }
}
