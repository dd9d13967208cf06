using CsCheck;
using Tessera.Rag.Retrieval.Folding;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Folding;

public sealed class DocumentShareTests
{
    private static readonly DocumentId[] Documents = [.. Enumerable.Range(1, 4).Select(i => new DocumentId(new Guid(i, 0, 0, new byte[8])))];

    [Fact]
    public void Document_makes_room_for_others_that_are_nearly_as_good() =>
        Assert.Equal([0, 0, 1, 2], Numbers(DocumentShare.Pick([Of(0, 10), Of(0, 9.9), Of(0, 9.8), Of(0, 9.7), Of(1, 9.6), Of(2, 9.5)], 4)));

    [Fact]
    public void Document_does_not_make_room_for_what_is_worse() =>
        Assert.Equal([0, 0, 0, 0], Numbers(DocumentShare.Pick([Of(0, 10), Of(0, 9.9), Of(0, 9.8), Of(0, 9.7), Of(1, 1), Of(2, 1)], 4)));

    [Fact]
    public void Document_fills_the_list_where_there_is_no_other() =>
        Assert.Equal([0, 0, 0, 1], Numbers(DocumentShare.Pick([Of(0, 3), Of(0, 2), Of(0, 2), Of(1, .1)], 4)));

    [Fact]
    public void As_many_are_picked_as_there_are_in_their_order() => Gen.Select(Gen.Select(Gen.Int[0, 3], Gen.Double[.1, 1]).Array[0, 30], Gen.Int[1, 12]).Sample((drawn, top) =>
    {
        var ranked = drawn.Select((x, i) => Of(x.Item1, x.Item2, i)).OrderByDescending(x => x.Score).ToList();
        var picked = DocumentShare.Pick(ranked, top);
        Assert.Equal(Math.Min(top, ranked.Count), picked.Count);
        Assert.Equal(picked.Select(x => ranked.IndexOf(x)).Order().Distinct(), picked.Select(x => ranked.IndexOf(x)));
        Assert.Equal(ranked.Take(1), picked.Take(1));
        // Whoever is left out though better than one that is shown belongs to a document that has its share.
        var worst = picked.Count > 0 ? picked[^1] : null;
        Assert.All(ranked.Except(picked).Where(x => worst is not null && x.Score > worst.Score), x =>
            Assert.True(picked.Count(y => y.Chunk.Document == x.Chunk.Document) >= (top + 1) / 2));
    });

    private static Candidate Of(int document, double score, int ordinal = 0) => new(new Chunk(Documents[document], ordinal, $"{score}", "", null, 0, 1), score, default);

    private static IEnumerable<int> Numbers(IEnumerable<Candidate> picked) => picked.Select(x => Array.IndexOf(Documents, x.Chunk.Document));
}
