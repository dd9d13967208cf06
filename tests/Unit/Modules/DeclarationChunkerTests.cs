using Tessera.Modules.Code;
using Tessera.Sdk;

namespace Tessera.Unit.Modules;

public sealed class DeclarationChunkerTests
{
    [Fact]
    public async Task Function_is_a_chunk_with_its_tags()
    {
        var body = string.Concat(Enumerable.Repeat("    total += price(line)\n", 30)).TrimEnd();
        var chunks = await Chunks.CutAsync(new DeclarationChunker(), Code(
            ("Cart › total", "10-40", "total", "def total(self):\n" + body), ("Cart › clear", "42-72", "clear", "def clear(self):\n" + body)));
        Assert.Equal(["Cart › total", "Cart › clear"], chunks.Select(x => x.Path));
        Assert.Equal(["10-40", "42-72"], chunks.Select(x => x.Tags[SectionTags.Lines]));
        Assert.Equal("def total", chunks[0].Tags[SectionTags.Signature]);
    }

    [Fact]
    public async Task Short_neighbours_of_one_type_share_a_chunk()
    {
        var sections = Code(
            ("Shop › Cart", "1-3", "Cart", "class Cart {\n  int n;"),
            ("Shop › Cart › size", "4-4", "size", "  int size() { return n; }"),
            ("Shop › Cart › clear", "5-6", "clear", "  void clear() {\n  }"));
        var chunk = Assert.Single(await Chunks.CutAsync(new DeclarationChunker(), sections));
        Assert.Equal("Shop › Cart", chunk.Path);
        Assert.Equal("Cart, size, clear", chunk.Tags[SectionTags.Symbol]);
        Assert.Equal("1-6", chunk.Tags[SectionTags.Lines]);
        Assert.False(chunk.Tags.ContainsKey(SectionTags.Signature));
        Chunks.AssertVerbatim(sections, [chunk], DeclarationChunker.Longest);
    }

    [Fact]
    public async Task Members_of_two_types_do_not_share_a_chunk()
    {
        var chunks = await Chunks.CutAsync(new DeclarationChunker(), Code(
            ("A › f", "1-1", "f", "void f() { }"), ("B › g", "3-3", "g", "void g() { }")));
        Assert.Equal(2, chunks.Count);
    }

    [Fact]
    public async Task Long_function_is_cut_at_line_ends_and_each_part_names_its_lines()
    {
        var text = string.Join('\n', Enumerable.Range(20, 200).Select(x => $"    line number {x} of the file;"));
        var chunks = await Chunks.CutAsync(new DeclarationChunker(), Code(("f", "20-219", "f", text)));
        Assert.True(chunks.Count > 2);
        foreach (var chunk in chunks)
        {
            var lines = chunk.Tags[SectionTags.Lines].Split('-');
            Assert.StartsWith($"line number {lines[0]} of", chunk.Text.TrimStart(), StringComparison.Ordinal);
            Assert.EndsWith($"line number {lines[1]} of the file;", chunk.Text, StringComparison.Ordinal);
            Assert.Equal("f", chunk.Tags[SectionTags.Symbol]);
        }
    }

    [Fact]
    public async Task Prose_beside_the_code_is_cut_at_its_headings()
    {
        var chunks = await Chunks.CutAsync(new DeclarationChunker(), Chunks.Sections(
            ("Deploy tool › Stages", "There are three stages."), ("Deploy tool › Rolling back", "Run deploy back.")));
        Assert.Equal(["Deploy tool › Stages", "Deploy tool › Rolling back"], chunks.Select(x => x.Path));
    }

    private static List<Section> Code(params (string Path, string Lines, string Symbol, string Text)[] parts) =>
        [.. Chunks.Sections([.. parts.Select(x => (x.Path, x.Text))]).Zip(parts, (section, part) => section with
        {
            Page = null,
            Tags = new Dictionary<string, string>
            {
                [SectionTags.Kind] = SectionTags.KindCode,
                [SectionTags.Lines] = part.Lines,
                [SectionTags.Symbol] = part.Symbol,
                [SectionTags.Signature] = "def " + part.Symbol,
            },
        })];
}
