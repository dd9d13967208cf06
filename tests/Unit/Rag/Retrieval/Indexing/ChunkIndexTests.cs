using Tessera.Rag.Retrieval.Indexing;
using CsCheck;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Indexing;

public sealed class ChunkIndexTests
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);
    private static readonly string[] Words = ["apple", "pear", "plum", "fig", "quince"];

    // A document's number, and its chunks' words; without chunks it is removed.
    private static readonly Gen<(int Document, string[][] Chunks)[]> Histories =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[0, 9].Array[0, 4]).Array[1, 30];

    [Fact]
    public void Scores_are_bm25_whatever_was_added_and_removed() => Gen.Select(Histories, Gen.Int[1, 31]).Sample(
        (history, asked) =>
        {
            var index = new ChunkIndex();
            var truth = new SortedDictionary<int, string[][]>();
            foreach (var (document, chunks) in history)
            {
                Replace(index, document, truth.GetValueOrDefault(document), chunks);
                truth[document] = chunks;
            }

            var query = Words.Where((_, i) => (asked & (1 << i)) != 0).ToArray();
            var expected = NaiveBm25(truth, query);
            var found = Search(index, string.Join(' ', query), 1000);
            Assert.Equal(expected.Select(x => x.Place).Order(), found.Select(x => x.Place).Order());
            var scores = expected.ToDictionary(x => x.Place, x => x.Score);
            Assert.All(found, x => Assert.Equal(scores[x.Place], x.Signals.Words, 1e-5));
            Assert.Equal(found.Select(x => x.Score).OrderDescending(), found.Select(x => x.Score));
            Assert.Equal(found.Take(3), Search(index, string.Join(' ', query), 3));
            Assert.Equal(found.Select(x => (x.Place, x.Signals)), Search(Fresh(truth), string.Join(' ', query), 1000).Select(x => (x.Place, x.Signals)));
        },
        iter: 500);

    [Fact]
    public void Scores_are_bm25_where_words_are_in_most_of_many_chunks() => Gen.Select(Gen.Int[0, 9999], Gen.Int[1, 31]).Sample(
        (seed, asked) =>
        {
            var random = new Random(seed);
            var all = new SortedDictionary<int, string[][]>();
            for (var document = 0; document < 60; document++)
            {
                all[document] = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, random.Next(9)).Select(_ => Words[Math.Min(random.Next(9), random.Next(5))]).ToArray())];
            }

            // Some are gone again.
            var index = Fresh(all);
            for (var document = 0; document < 60; document += 7)
            {
                Replace(index, document, all[document], []);
                all[document] = [];
            }

            var query = Words.Where((_, i) => (asked & (1 << i)) != 0).ToArray();
            var scores = NaiveBm25(all, query).ToDictionary(x => x.Place, x => x.Score);
            var found = Search(index, string.Join(' ', query), 1000);
            Assert.NotEmpty(found);
            Assert.All(found, x => Assert.Equal(scores[x.Place], x.Signals.Words, 1e-5));
            Assert.Equal(found.Take(50), Search(index, string.Join(' ', query), 50));
        },
        iter: 20);

    [Fact]
    public void Kept_hits_are_those_of_the_same_question_and_the_same_state_of_the_index()
    {
        var (index, kept, request) = (Fresh(new() { [1] = [["apple"], ["pear"]] }), new KeptHits(), new SearchRequest("apple", 10));
        Assert.Null(kept.Find(request, index));
        var hits = index.Search(QuestionTerms.Of(request, Analyzer), 1000, null, CancellationToken.None);
        kept.Keep(request, index, hits);
        Assert.Same(hits, kept.Find(request with { Top = 500 }, index));
        Assert.Null(kept.Find(request with { Asked = "pear" }, index));
        Assert.Null(kept.Find(request with { Filter = new SearchFilter { Tags = ["a"] } }, index));
        Assert.Null(kept.Find(request, Fresh(new() { [1] = [["apple"], ["pear"]] })));
        Assert.Null(kept.Find(request, index.At(index.Generation + 1)));
    }

    [Fact]
    public void Repeated_word_of_a_question_counts_each_time()
    {
        var index = Fresh(new() { [1] = [["apple", "pear"], ["plum"]] });
        var once = Search(index, "apple", 1).Single().Signals.Words;
        Assert.Equal(2 * once, Search(index, "apple apple", 1).Single().Signals.Words, 1e-6);
    }

    [Fact]
    public void Document_counts_as_one_chunk()
    {
        var index = Fresh(new() { [1] = [["apple", "pear"], ["apple", "plum", "fig"]], [2] = [["plum"]] });
        // Two of five words, in one of two documents of three words on average; the one without the word counts for nothing.
        var expected = Math.Log(1 + ((2 - 1 + .5) / (1 + .5))) * 2 / (2 + (.9 * (1 - .4 + (.4 * 5 / 3))));
        Assert.Equal([expected, expected], Search(index, "apple", 9).Select(x => (double)x.Signals.Document), (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Word_that_is_spelt_another_way_is_found_by_its_pieces()
    {
        var index = Fresh(new() { [1] = [["haemoglobin"]], [2] = [["pear"]] });
        var found = Assert.Single(Search(index, "hemoglobin", 9));
        Assert.Equal((1, 0), found.Place);
        Assert.Equal(0, found.Signals.Words);
        Assert.InRange(found.Signals.Grams, .1, 100);
    }

    [Fact]
    public void Title_counts_on_its_own()
    {
        var index = new ChunkIndex();
        foreach (var (number, name) in new[] { (1, "Plum tree"), (2, "Pear tree") })
        {
            var id = new DocumentId(new Guid(number, 0, 0, new byte[8]));
            var chunk = new Chunk(id, 0, "It bears a plum.", "", null, 0, 16);
            index.Add(new IndexedRevision(number, new StoredDocument(id, name), 1), new RevisionFields(RevisionFields.Write(name, [chunk], Analyzer, CancellationToken.None)), [default]);
        }

        var found = Search(index, "plum", 9);
        Assert.Equal([(1, 0), (2, 0)], found.Select(x => x.Place));
        Assert.True(found[0].Signals.Title > 0 && found[1].Signals.Title == 0);
    }

    [Fact]
    public void Ties_go_by_document_then_by_place()
    {
        string[][] same = [["apple"], ["apple"]];
        var index = new ChunkIndex();
        foreach (var document in (int[])[3, 1, 2])
        {
            Replace(index, document, null, same);
        }

        Assert.Equal([(1, 0), (1, 1), (2, 0), (2, 1)], Search(index, "apple", 4).Select(x => x.Place));
    }

    [Fact]
    public void Index_that_is_mostly_removed_chunks_is_worn()
    {
        var index = new ChunkIndex();
        string[][] chunks = [.. Enumerable.Repeat<string[]>(["apple"], 500)];
        for (var i = 0; i < 9; i++)
        {
            Replace(index, 1, i == 0 ? null : chunks, chunks);
            Assert.False(index.IsWorn);
        }

        Replace(index, 1, chunks, chunks);
        Replace(index, 1, chunks, chunks);
        Assert.True(index.IsWorn);
        Assert.Equal(500, Search(index, "apple", 1000).Count);
    }

    [Fact]
    public void Size_grows_with_the_terms_and_shrinks_with_them()
    {
        var index = new ChunkIndex();
        string[][] chunks = [.. Enumerable.Range(0, 2000).Select(x => (string[])[$"w{x}", "apple"])];
        Replace(index, 1, null, chunks);
        var full = index.Size;
        Assert.InRange(full, 2000 * 28, 2000 * 400);
        Replace(index, 1, chunks, []);
        Assert.InRange(index.Size, 0, full - (2000 * 24));
    }

    [Fact]
    public void Search_stops_when_cancelled() => Assert.Throws<OperationCanceledException>(() =>
        new ChunkIndex().Search(new QuestionTerms([new(1, 1)], []), 10, null, new CancellationToken(canceled: true)));

    private static ChunkIndex Fresh(SortedDictionary<int, string[][]> documents)
    {
        var index = new ChunkIndex();
        foreach (var (document, chunks) in documents)
        {
            Replace(index, document, null, chunks);
        }

        return index;
    }

    private static void Replace(ChunkIndex index, int document, string[][]? old, string[][] chunks)
    {
        var id = new DocumentId(new Guid(document, 0, 0, new byte[8]));
        index.Remove(id, new RevisionFields(Fields(old ?? [])));
        index.Add(new IndexedRevision(document, new StoredDocument(id, ""), 1), new RevisionFields(Fields(chunks)), chunks.Select(_ => ReadOnlyMemory<float>.Empty));
    }

    private static byte[] Fields(string[][] chunks) => RevisionFields.Write(
        "", chunks.Select((x, i) => new Chunk(default, i, string.Join(' ', x), "", null, 0, 0)), Analyzer, CancellationToken.None);

    private static List<((int Document, int Chunk) Place, double Score, Signals Signals)> Search(ChunkIndex index, string query, int top) =>
    [
        .. index.Search(QuestionTerms.Of(new SearchRequest(query, top), Analyzer), top, null, CancellationToken.None)
            .Select(x => (((int)x.Revision.Row, x.Chunk), x.Score, x.Signals)),
    ];

    // The formula of the design, as it is written: k1 0.9, b 0.4, idf ln(1 + (N − df + .5) / (df + .5)).
    private static List<((int Document, int Chunk) Place, double Score)> NaiveBm25(SortedDictionary<int, string[][]> documents, string[] query)
    {
        var all = documents.SelectMany(x => x.Value.Select((words, i) => (Place: (x.Key, i), Words: words.Select(PorterStemmer.Stem).ToList()))).ToList();
        var average = all.Count == 0 ? 0 : all.Average(x => x.Words.Count);
        var scored =
            from chunk in all
            let score = query.Select(PorterStemmer.Stem).Sum(word =>
            {
                double times = chunk.Words.Count(x => x == word);
                var having = all.Count(x => x.Words.Contains(word));
                var idf = Math.Log(1 + ((all.Count - having + .5) / (having + .5)));
                return times == 0 ? 0 : idf * times / (times + (.9 * (1 - .4 + (.4 * chunk.Words.Count / average))));
            })
            where score > 0
            select (chunk.Place, score);
        return [.. scored];
    }
}
