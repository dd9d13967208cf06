using CsCheck;
using Tessera.Modules.Legal;
using Tessera.Rag.Evaluation;
using Tessera.Sdk;

namespace Tessera.Unit.Modules;

public sealed class ClauseLinkerTests
{
    private const string Filler = "The parties do what they have promised each other in good faith and at their own cost, and neither asks the other for more than that. ";

    [Theory]
    [InlineData("“Fee” means the monthly charge. More.", "Fee", "“Fee” means the monthly charge.")]
    [InlineData("1.1 \"Net Sales\" shall mean all sales of Acme Inc. less returns. Next.", "Net Sales", "\"Net Sales\" shall mean all sales of Acme Inc. less returns.")]
    [InlineData("Before. It lasts five years (the \"Term\"). After.", "Term", "It lasts five years (the \"Term\")")]
    [InlineData("Acme Ltd, a company (hereinafter referred to as the “Supplier”) sells.", "Supplier", "Acme Ltd, a company (hereinafter referred to as the “Supplier”)")]
    [InlineData("A and B (each a \"Party\" and together the \"Parties\") agree.", "Party", "A and B (each a \"Party\" and together the \"Parties\")")]
    public void Definition_is_found_with_what_it_says(string text, string term, string said)
    {
        var found = DefinedTerm.In(text).First();
        Assert.Equal((term, said), (found.Term, text[found.Start..found.End]));
    }

    [Theory]
    [InlineData("He said \"Yes\" and left.")]
    [InlineData("marked \"CONFIDENTIAL\" (in letters of a size that may be read, see the \"Manual\" for that)")]
    [InlineData("the so-called \"term\" means nothing")]
    [InlineData("\"Open")]
    public void What_only_stands_in_quotation_marks_is_no_definition(string text) => Assert.Empty(DefinedTerm.In(text));

    [Theory]
    [InlineData("under Section 5.2(b), or clause 7", "Section 5.2(b)|clause 7")]
    [InlineData("as Article IV and Exhibit A say", "Article IV|Exhibit A")]
    [InlineData("Section 5 of the Securities Act and Section 6 of this Agreement", "Section 6")]
    [InlineData("Section 21st, Schedule Aboard, the section on fees", "")]
    public void Mention_of_a_clause_of_the_same_document_is_found(string text, string words) =>
        Assert.Equal(words, string.Join('|', ClauseReference.In(text).Select(x => x.Words)));

    [Fact]
    public async Task Chunk_is_linked_to_definitions_and_clauses_elsewhere_in_its_document()
    {
        var text = $"1. Definitions.\n“Net Sales” means all sales less returns.\n{Filler}{Filler}{Filler}{Filler}{Filler}{Filler}{Filler}\n"
            + $"2. Royalty. Five per cent of Net Sales is due under Section 4(b) and Section 9. {Filler}{Filler}{Filler}{Filler}{Filler}{Filler}{Filler}\n"
            + $"3. Audit. Net Sales may be audited. Section 3 goes on. {Filler}{Filler}{Filler}{Filler}{Filler}{Filler}{Filler}\n"
            + $"4. Payment.\n(a) in euros\n(b) within thirty days\n(c) in full\n{Filler}{Filler}{Filler}{Filler}{Filler}{Filler}{Filler}";
        var chunks = await LinkAsync(text);
        var royalty = chunks.Single(x => x.Text.Contains("2. Royalty", StringComparison.Ordinal));
        Assert.Equal(
            [("Section 4(b)", "(b) within thirty days"), ("Net Sales", "“Net Sales” means all sales less returns.")],
            Links(royalty).Select(x => (x.Words, text[x.Start..x.End])));
        // A clause that names itself needs no link.
        Assert.Equal(["Net Sales"], Links(chunks.Single(x => x.Text.Contains("3. Audit", StringComparison.Ordinal))).Select(x => x.Words));
        Assert.Empty(Links(chunks[0]));
    }

    [Fact]
    public async Task Term_that_most_chunks_use_is_not_linked()
    {
        var text = "“Company” means Acme. “Widget” means a thing.\n" + string.Concat(Enumerable.Range(1, 12).Select(i =>
            $"{i}. Duty. The Company {(i == 6 ? "sells a Widget. " : "works. ")}{string.Concat(Enumerable.Repeat(Filler, 7))}\n"));
        Assert.Equal("Widget", Assert.Single((await LinkAsync(text)).SelectMany(Links).DistinctBy(x => x.Words)).Words);
    }

    [Fact]
    public async Task Text_of_nothing_but_definitions_is_linked_no_further_than_helps()
    {
        var text = string.Join('\n', Enumerable.Range(0, 3000).Select(i => $"\"X {i}\" means X {(i + 50) % 3000}."));
        var links = (await LinkAsync(text)).SelectMany(Links).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, x => Assert.InRange(int.Parse(x.Words[2..], System.Globalization.CultureInfo.InvariantCulture), 0, 99));
    }

    [Fact]
    public async Task Table_of_contents_is_not_the_clause()
    {
        var text = $"1. Term 3\n2. Fees 4\n\nRECITALS\n{string.Concat(Enumerable.Repeat(Filler, 8))}\n1. Term. As Section 2 says. {string.Concat(Enumerable.Repeat(Filler, 7))}\n2. Fees. The fee is 5 euros. {string.Concat(Enumerable.Repeat(Filler, 7))}";
        var link = Assert.Single((await LinkAsync(text)).SelectMany(Links));
        Assert.StartsWith("2. Fees. The fee", text[link.Start..link.End], StringComparison.Ordinal);
    }

    [Fact]
    public Task Links_lead_into_the_chunk_that_they_name_and_text_stays_as_it_was() => Gen.Int[0, 13].Select(i => ((string[])
    [
        "“Net Sales” means all. ", "Net Sales ", "(the \"Term\") ", "Term ", "Section 4.1(b) ", "\n4.1 Fees. ", "\n(b) later ", "\nArticle 2\n", "Article 2 ", "“", "\"X\" means ", "X ", Filler, "\n\n",
    ])[i]).Array[0, 60].Select(string.Concat).SampleAsync(async text =>
    {
        text = text.Trim();
        if (text.Length == 0)
        {
            return;
        }

        var plain = await Chunks.CutAsync(new ClauseChunker(), Chunks.Sections(("", text)));
        var linked = await LinkAsync(text);
        Assert.Equal(plain.Select(x => (x.Ordinal, x.Text, x.Path, x.Start, x.End)), linked.Select(x => (x.Ordinal, x.Text, x.Path, x.Start, x.End)));
        Assert.All(linked, chunk => Assert.All(Links(chunk), link =>
        {
            Assert.NotEqual(chunk.Ordinal, link.Ordinal);
            Assert.Contains(link.Words, chunk.Text, StringComparison.Ordinal);
            Assert.True(linked[link.Ordinal].Start <= link.Start && link.Start < link.End && link.End <= linked[link.Ordinal].End);
        }));
    });

    [Fact]
    public async Task Links_of_real_contracts_lead_to_what_is_named()
    {
        var set = new BeirFolder(SharedData.Require("legal/cuad"));
        var (terms, clauses, right) = (0, 0, 0);
        foreach (var document in (await set.ReadCorpusAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)).GroupBy(x => x.Document))
        {
            var chunks = new List<Chunk>();
            foreach (var line in document)
            {
                var start = chunks.Count == 0 ? 0 : chunks[^1].End;
                chunks.Add(new Chunk(Chunks.Document, chunks.Count, line.Text, "", null, start, start + line.Text.Length));
            }

            var linked = await new ClauseLinker().EnrichAsync(chunks.ToAsyncEnumerable(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
            foreach (var link in linked.SelectMany(Links))
            {
                var target = chunks[link.Ordinal];
                var said = target.Text[(link.Start - target.Start)..(link.End - target.Start)];
                var isClause = ClauseReference.In(link.Words).Any();
                (terms, clauses) = isClause ? (terms, clauses + 1) : (terms + 1, clauses);
                right += (isClause ? SaysNumber(said, link.Words) : said.Contains($"\"{link.Words}\"", StringComparison.Ordinal) || said.Contains($"“{link.Words}”", StringComparison.Ordinal)) ? 1 : 0;
            }
        }

        // A comma within the quotation marks is no part of a term, and the test takes the marks literally.
        Assert.True(terms > 3000 && clauses > 400 && right > 0.98 * (terms + clauses), $"{terms} links to terms, {clauses} to clauses, {right} of them stand in what they lead to.");
    }

    // The heading that the stretch begins with has the number, or the last letter of it.
    private static bool SaysNumber(string said, string words)
    {
        var number = words[(words.LastIndexOf(' ') + 1)..];
        var head = said.TrimStart()[..Math.Min(40, said.TrimStart().Length)];
        return head.Contains(number.Split('(')[0], StringComparison.OrdinalIgnoreCase) || head.Contains(number[Math.Max(0, number.LastIndexOf('('))..], StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<List<Chunk>> LinkAsync(string text)
    {
        var chunks = await Chunks.CutAsync(new ClauseChunker(), Chunks.Sections(("", text)));
        return await new ClauseLinker().EnrichAsync(chunks.ToAsyncEnumerable(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<(string Words, int Ordinal, int Start, int End)> Links(Chunk chunk) =>
        chunk.Tags.GetValueOrDefault(SectionTags.Links, "").Split(SectionTags.Between, StringSplitOptions.RemoveEmptyEntries).Select(link =>
        {
            var (words, place) = (link.Split(SectionTags.Means)[0], link.Split(SectionTags.Means)[1].Split(':', '-').Select(int.Parse).ToArray());
            return (words, place[0], place[1], place[2]);
        });
}
