using Tessera.Modules.Medical;

namespace Tessera.Unit.Modules;

public sealed class PassageChunkerTests
{
    [Fact]
    public async Task Structured_abstract_is_cut_at_its_parts()
    {
        var chunks = await Chunks.CutAsync(new PassageChunker(), Chunks.Sections(("A walking study",
            "BACKGROUND: Walking is cheap.\nMETHODS: We asked 120 adults.\nRESULTS: 104 completed.\nCONCLUSIONS: It works.")));
        Assert.Equal(["background", "methods", "results", "conclusion"], chunks.Select(x => x.Tags["role"]));
        Assert.Equal("A walking study › RESULTS", chunks[2].Path);
        Assert.Equal("RESULTS: 104 completed.", chunks[2].Text);
    }

    [Fact]
    public async Task Heading_trail_of_the_document_gives_the_role()
    {
        var chunks = await Chunks.CutAsync(new PassageChunker(), Chunks.Sections(("Leaflet › Possible side effects", "Headache.")));
        Assert.Equal("adverse", Assert.Single(chunks).Tags["role"]);
    }

    [Fact]
    public async Task Sentence_with_a_colon_is_no_heading()
    {
        var chunks = await Chunks.CutAsync(new PassageChunker(), Chunks.Sections(("", "Note that there are two doses: one at noon.\nDose matters here.")));
        Assert.Single(chunks);
    }
}
