using System.Diagnostics;
using CsCheck;
using Tessera.Modules.Code;
using Tessera.Modules.Legal;
using Tessera.Modules.Medical;
using Tessera.Sdk;

namespace Tessera.Unit.Modules;

public sealed class ChunkerContract
{
    private static readonly string[] Pieces =
    [
        "1. DEFINITIONS.", "5.2 Term. ", "(a) ", "(ii) the Supplier shall pay", "ARTICLE IV", "Schedule A", "METHODS: We asked ",
        "Results\n", "word ", ". ", "; ", "\n", "\n\n", "\t", "\"Effective Date\" means the day. ", "“Term” shall mean one year ", "😀", "é", "§ 7",
        "Section 5.2 shall survive, ", "averyveryverylongwordwithoutanyspaceinsideit", "TERMINATION", "   ",
    ];

    private static readonly string[] Paths = ["", "Part One", "Part One › Scope"];

    private static readonly Gen<List<Section>> Documents =
        from texts in Gen.Select(Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 400].Select(string.Concat), Gen.Int[0, 2].Select(i => Paths[i]))
            .Array[1, 5]
        select Chunks.Sections([.. texts.Select(x => (x.Item2, x.Item1.Trim())).Where(x => x.Item2.Length > 0)]);

    public static TheoryData<string> Names => [nameof(ClauseChunker), nameof(PassageChunker), nameof(DeclarationChunker)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Chunks_of_any_document_are_verbatim_and_lose_nothing(string name)
    {
        var (chunker, longest) = Chunker(name);
        await Documents.SampleAsync(async sections =>
            Chunks.AssertVerbatim(sections, await Chunks.CutAsync(chunker, sections), longest), iter: 300);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Chunks_of_a_giant_line_stay_short(string name)
    {
        var (chunker, longest) = Chunker(name);
        var sections = Chunks.Sections(("", new string('x', 300_000)), ("", string.Concat(Enumerable.Repeat("😀", 5_000))));
        Chunks.AssertVerbatim(sections, await Chunks.CutAsync(chunker, sections), longest);
    }

    // Steps that grew with the square of a megabyte would take many minutes: the bound leaves any machine its time.
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Chunks_of_a_hostile_megabyte_are_cut_in_proportion_to_its_length(string name)
    {
        var (chunker, _) = Chunker(name);
        var started = Stopwatch.GetTimestamp();
        foreach (var part in new[] { ".", "\n", "x\n", "(a) ", "(a) x\n", " | ", "1. A\n", "METHODS:\n", "\"A\" ", "SECTION\n", "§ 1 " })
        {
            await Chunks.CutAsync(chunker, Chunks.Sections(("", string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)) + "x")));
        }

        await Chunks.CutAsync(chunker, Chunks.Sections([.. Enumerable.Repeat(("Part", "1. A"), 200_000)]));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Cutting_stops_when_cancelled(string name)
    {
        var (chunker, _) = Chunker(name);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var sections = Chunks.Sections(("", "1. One.\n2. Two."));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in chunker.ChunkAsync(new SourceDocument(Chunks.Document, "x"), sections.ToAsyncEnumerable(), source.Token))
            {
            }
        });
    }

    private static (IChunker Chunker, int Longest) Chunker(string name) => name switch
    {
        nameof(ClauseChunker) => (new ClauseChunker(), ClauseChunker.Longest),
        nameof(PassageChunker) => (new PassageChunker(), PassageChunker.Longest),
        _ => (new DeclarationChunker(), DeclarationChunker.Longest),
    };
}
