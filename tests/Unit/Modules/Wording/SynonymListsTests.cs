using Tessera.Modules.Code;
using Tessera.Modules.Legal;
using Tessera.Modules.Medical;
using Tessera.Sdk;

namespace Tessera.Unit.Modules.Wording;

/// <summary>The lists of the built-in domains, through the role that searches run.</summary>
public sealed class SynonymListsTests
{
    [Theory]
    [InlineData("legal", "What is the cap on liability?", "total liability shall not exceed")]
    [InlineData("legal", "With whom is my data shared?", "disclose")]
    [InlineData("legal", "May the supplier terminate without cause?", "for any reason or no reason")]
    [InlineData("medical", "What helps after a heart attack?", "myocardial infarction")]
    [InlineData("medical", "Hypertension in old age", "high blood pressure")]
    [InlineData("medical", "What are the side effects?", "undesirable effects")]
    [InlineData("code", "how to read a file line by line", "ReadAllText")]
    [InlineData("code", "how do I remove duplicates from a list", "Distinct")]
    public async Task Question_brings_the_words_of_documents(string domain, string question, string said)
    {
        Assert.Contains(await ExpandAsync(domain, question), term => term.Text == said);
    }

    [Theory]
    [InlineData("legal", "heart attack side effects")]
    [InlineData("medical", "Is the attack of a heartless enemy high?")]
    [InlineData("code", "")]
    public async Task Words_that_do_not_stand_side_by_side_bring_nothing(string domain, string question) =>
        Assert.Empty(await ExpandAsync(domain, question));

    [Theory]
    [InlineData("Legal")]
    [InlineData("Medical")]
    [InlineData("Code")]
    public void Every_line_of_a_list_says_something(string domain)
    {
        var lines = File.ReadAllLines(Path.Combine(GoldenSetsTests.Root(), "src", "Modules", domain, "synonyms.txt")).Where(x => x.Length > 0 && x[0] is not ('#' or '@')).ToList();
        Assert.True(lines.Count > 80);
        Assert.All(lines, line =>
        {
            var sides = line.Contains(" = ", StringComparison.Ordinal) ? line.Split(" = ") : line.Split(" > ");
            Assert.Equal(2, sides.Length);
            Assert.All(sides, side => Assert.All(side.Split(','), phrase => Assert.False(string.IsNullOrWhiteSpace(phrase), line)));
        });
    }

    private static async Task<IReadOnlyList<QueryTerm>> ExpandAsync(string domain, string question)
    {
        DomainModule module = domain switch { "legal" => new LegalModule(), "medical" => new MedicalModule(), _ => new CodeModule() };
        var expander = Assert.Single(Tessera.Rag.DomainRoles.Of(module).Expanders);
        return await expander.ExpandAsync(question, TestContext.Current.CancellationToken);
    }
}
