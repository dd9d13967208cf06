using CsCheck;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;
using Tessera.Unit.Rag.Answers;

namespace Tessera.Unit.Rag.Retrieval;

public sealed class SurroundingsTests
{
    private static readonly DocumentId Document = new(Guid.NewGuid());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Section_is_the_neighbours_under_the_same_headings()
    {
        var chunks = Cut(("1 Fees", 100), ("2 Term", 100), ("2 Term", 100), ("2 Term", 100), ("3 Law", 100));
        Assert.Equal([1, 2, 3], (await AroundAsync(chunks, 2)).Select(x => x.Ordinal));
        Assert.Equal([1, 2, 3], (await AroundAsync(chunks, 1)).Select(x => x.Ordinal));
        // What stands alone has no section.
        Assert.Empty(await AroundAsync(chunks, 0));
    }

    [Fact]
    public async Task Nearest_neighbours_come_first_and_a_long_one_ends_the_section()
    {
        var chunks = Cut(("", 700), ("", 700), ("", 700), ("", 700), ("", 700));
        Assert.Equal([1, 2, 3], (await AroundAsync(chunks, 2)).Select(x => x.Ordinal));
        Assert.Empty(await AroundAsync(Cut(("", 1900), ("", 300), ("", 1601)), 1));
        Assert.Equal([1, 2], (await AroundAsync(Cut(("", 1600), ("", 1600), ("", 1600)), 1)).Select(x => x.Ordinal));
    }

    [Fact]
    public async Task Document_that_changed_since_the_search_lends_no_section()
    {
        var (old, now) = (Cut(("", 100), ("", 100)), Cut(("", 100), ("", 101)));
        var found = new Candidate(old[1], 1, default);
        Assert.Same(found, await Surroundings.AddAsync(found, new FakeStore { Documents = now }, Token));
        Assert.Same(found, await Surroundings.AddAsync(found, new FakeStore(), Token));
    }

    [Fact]
    public Task Section_is_unbroken_holds_the_chunk_and_fits() => Gen.Select(
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 1500]).Array[1, 12], Gen.Int[0, 11]).SampleAsync(async (drawn, at) =>
    {
        var chunks = Cut([.. drawn.Select(x => ($"Part {x.Item1}", x.Item2))]);
        var around = await AroundAsync(chunks, at % chunks.Count);
        if (around.Count > 0)
        {
            Assert.InRange(around.Count, 2, 7);
            Assert.Contains(around, x => ReferenceEquals(x, chunks[at % chunks.Count]));
            Assert.Equal(Enumerable.Range(around[0].Ordinal, around.Count), around.Select(x => x.Ordinal));
            Assert.All(around, x => Assert.Equal(around[0].Path, x.Path));
            Assert.InRange(around.Sum(x => x.Text.Length) - chunks[at % chunks.Count].Text.Length, 1, Surroundings.Most);
        }
    });

    private static async Task<IReadOnlyList<Chunk>> AroundAsync(IReadOnlyList<Chunk> chunks, int at) =>
        (await Surroundings.AddAsync(new Candidate(chunks[at], 1, default), new FakeStore { Documents = chunks }, Token)).Section;

    private static List<Chunk> Cut(params (string Path, int Length)[] parts)
    {
        var chunks = new List<Chunk>();
        foreach (var (path, length) in parts)
        {
            var start = chunks.Count == 0 ? 0 : chunks[^1].End;
            chunks.Add(new Chunk(Document, chunks.Count, new string('x', length), path, null, start, start + length));
        }

        return chunks;
    }
}
