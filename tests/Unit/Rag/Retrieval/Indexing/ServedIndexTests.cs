using System.Numerics.Tensors;
using CsCheck;
using Tessera.Conformance;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Indexing;

/// <summary>An index whose rows and vectors a server keeps: what is removed is known by its document alone, and likeness is told.</summary>
public sealed class ServedIndexTests
{
    private const int Width = 24;
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);
    private static readonly string[] Words = ["apple", "pear", "plum", "fig", "quince"];

    private static readonly Gen<(int Document, string[] Chunks)[]> Histories =
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[1, 9].Select(x => string.Join(' ', x)).Array[0, 4]).Array[1, 30];

    [Fact]
    public void What_was_removed_without_its_words_is_not_counted_after_a_sweep() => Histories.Sample(
        history =>
        {
            var (index, truth, row) = (new ChunkIndex(), new SortedDictionary<int, string[]>(), 0);
            foreach (var (document, chunks) in history)
            {
                index.Remove(Id(document));
                Add(index, row++, document, chunks);
                truth[document] = chunks;
            }

            index.Sweep();
            var fresh = new ChunkIndex();
            foreach (var (document, chunks) in truth)
            {
                Add(fresh, document, document, chunks);
            }

            Assert.Equal(fresh.Chunks, index.Chunks);
            foreach (var term in Analyzer.Terms(string.Join(' ', Words)))
            {
                Assert.Equal(fresh.Weigh(Term.KeyOf(term)), index.Weigh(Term.KeyOf(term)), 1e-9);
            }

            // Scores are sums in another order: what is nearly equal may change places.
            var (expected, found) = (Find(fresh), Find(index));
            Assert.Equal(expected.Select(x => (x.Document, x.Chunk, x.Signals)), found.Select(x => (x.Document, x.Chunk, x.Signals)));
            Assert.Equal(expected.Select(x => x.Score), found.Select(x => x.Score), (x, y) => Math.Abs(x - y) < 1e-3 * x);
        },
        iter: 300);

    [Fact]
    public void Told_likeness_ranks_as_vectors_of_its_own_do()
    {
        var random = new Random(4);
        var vectors = Enumerable.Range(0, 300).Select(_ => UnitVectors.One(random, Width)).ToList();
        var (own, served) = (new ChunkIndex(), new ChunkIndex());
        for (var i = 0; i < vectors.Count; i++)
        {
            Add(own, i, i, [$"apple w{i % 7}"], vectors[i]);
            Add(served, i, i, [$"apple w{i % 7}"]);
        }

        for (var round = 0; round < 10; round++)
        {
            var vector = UnitVectors.One(random, Width);
            var question = QuestionTerms.Of(new SearchRequest("apple w3", 10) { Vector = vector }, Analyzer);
            var near = new NearVectors([.. vectors.Select((x, i) => new NearChunk(new ChunkPlace(i, 0), TensorPrimitives.Dot<float>(vector, x)))], null);
            var (expected, found) = (own.Search(question, 50, null, CancellationToken.None), served.Search(question, 50, null, near, CancellationToken.None));

            // One measures it in bytes: neighbours may change places.
            Assert.True(expected.Select(x => x.Revision.Row).Intersect(found.Select(x => x.Revision.Row)).Count() >= 48);
            Assert.Equal(expected[0].Scale.Vector, found[0].Scale.Vector, expected[0].Scale.Vector * .02f);
        }
    }

    [Theory]
    [InlineData(1, .15)]
    [InlineData(4, .35)]
    public void Sample_tells_how_likeness_deviates_of_all_and_of_a_scope(int share, double within)
    {
        var random = new Random(6);
        var vectors = Enumerable.Range(0, 8_000).Select(_ => UnitVectors.One(random, Width)).ToList();
        var places = Enumerable.Range(0, VectorSample.Wanted).Select(_ => random.Next(vectors.Count)).ToList();
        var sample = new VectorSample(vectors.Count, [.. places.Select(x => (long)x)], [.. places.Select(x => (ReadOnlyMemory<float>)vectors[x])]);
        var rows = Enumerable.Range(0, vectors.Count).Where(x => x % share == 0).Select(x => (long)x).ToList();
        var question = UnitVectors.One(random, Width);
        var likeness = rows.Select(x => Math.Max(0, TensorPrimitives.Dot<float>(question, vectors[(int)x]))).ToList();
        var mean = likeness.Average();
        var exact = Math.Sqrt(likeness.Average(x => (x - mean) * (x - mean)));
        Assert.Equal(exact, sample.Deviation(question, new SearchScope(rows.Count, rows, AreLeftOut: false)), exact * within);
        var others = Enumerable.Range(0, vectors.Count).Select(x => (long)x).Except(rows).ToList();
        Assert.Equal(exact, sample.Deviation(question, new SearchScope(rows.Count, others, AreLeftOut: true)), exact * within);
    }

    [Fact]
    public void Scope_names_the_fewer_revisions_and_those_of_a_small_one()
    {
        var index = new ChunkIndex();
        for (var i = 0; i < 5; i++)
        {
            Add(index, 10 + i, i, [.. Enumerable.Repeat("apple", i == 4 ? 2 : 1_000)]);
        }

        index.Remove(Id(3));
        Assert.Equal((3_002, 4, false, true), Told(index.Scope(null)));
        Add(index, 20, 5, [.. Enumerable.Repeat("apple", 3_000)]);
        Assert.Equal((6_002, 0, true, false), Told(index.Scope(null)));
        Assert.Equal((5_000, 2, true, false), Told(index.Scope(new SearchFilter { Documents = [Id(5), Id(0), Id(1)] })));
        Assert.Equal((2, 1, false, true), Told(index.Scope(new SearchFilter { Documents = [Id(4), Id(3)] })));
        Assert.All(index.Pick(50, new Random(1)), x => Assert.NotEqual(13, x.Row));

        static (int, int, bool, bool) Told(SearchScope scope) => (scope.Chunks, scope.Rows.Count, scope.AreLeftOut, scope.IsSmall);
    }

    private static List<(DocumentId Document, int Chunk, Signals Signals, double Score)> Find(ChunkIndex index) =>
    [
        .. index.Search(QuestionTerms.Of(new SearchRequest("apple plum fig", 99), Analyzer), 99, null, NearVectors.None, CancellationToken.None)
            .Select(x => (x.Revision.Document.Id, x.Chunk, x.Signals, x.Score)).OrderBy(x => x.Id.Value).ThenBy(x => x.Chunk),
    ];

    private static DocumentId Id(int document) => new(new Guid(document, 0, 0, new byte[8]));

    private static void Add(ChunkIndex index, long row, int document, string[] chunks, ReadOnlyMemory<float> vector = default)
    {
        var terms = RevisionFields.Write("", chunks.Select((x, i) => new Chunk(default, i, x, "", null, 0, 0)), Analyzer, CancellationToken.None);
        index.Add(new IndexedRevision(row, new StoredDocument(Id(document), ""), 1), new RevisionFields(terms), vector.IsEmpty ? [] : chunks.Select(_ => vector));
    }
}
