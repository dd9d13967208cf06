using System.Numerics.Tensors;
using CsCheck;
using Tessera.Conformance;
using Tessera.Rag.Retrieval.Vectors;

namespace Tessera.Unit.Rag.Retrieval.Vectors;

public sealed class Int8ScanTests
{
    private static readonly Gen<sbyte[]> Bytes = Gen.SByte[-127, 127].Array[96];

    [Fact]
    public void Every_way_gives_the_same_product() =>
        Gen.Select(Bytes, Bytes).Sample(
            (left, right) =>
            {
                var expected = left.Zip(right).Sum(x => x.First * x.Second);
                Assert.Equal(expected, Int8Dot.Portable(left, right));
                Assert.True(!Int8Dot.HasLifted || expected == Int8Dot.Lifted(Int8Dot.Lift128(left), right, right.Sum(x => x)));
            },
            iter: 500);

    [Fact]
    public void Greatest_bytes_do_not_overflow()
    {
        var most = Enumerable.Repeat((sbyte)-127, 1024).ToArray();
        Assert.Equal(127 * 127 * 1024, Int8Dot.Portable(most, most));
        Assert.True(!Int8Dot.HasLifted || Int8Dot.Lifted(Int8Dot.Lift128(most), most, -127 * 1024) == 127 * 127 * 1024);
    }

    [Fact]
    public void Likeness_is_the_dot_product_but_for_the_rounding()
    {
        var random = new Random(3);
        var vectors = Enumerable.Range(0, 5_000).Select(_ => UnitVectors.One(random, 48)).ToList();
        var scan = new Int8Scan(48);
        vectors.ForEach(x => scan.Add(x));
        var likeness = new float[5_000];
        var question = UnitVectors.One(random, 48);
        scan.Score(question, likeness);
        Assert.All(vectors.Zip(likeness), x => Assert.Equal(Math.Max(0, TensorPrimitives.Dot<float>(question, x.First)), x.Second, .02f));
        Assert.Contains(likeness, x => x > .2f);
    }

    [Fact]
    public void Empty_and_zero_vectors_are_like_nothing()
    {
        var scan = new Int8Scan(32);
        scan.Add([]);
        scan.Add(new float[32]);
        scan.Add(UnitVectors.One(new Random(5), 32));
        var likeness = new float[3];
        scan.Score(UnitVectors.One(new Random(5), 32), likeness);
        Assert.Equal([0, 0], likeness[..2]);
        Assert.Equal(1, likeness[2], .02f);
        scan.Score(new float[32], likeness);
        Assert.Equal([0, 0, 0], likeness);
    }

    // In neighbourhoods, as vectors of texts are. From the midst on, so that what came before has signs too.
    [Theory]
    [InlineData(0)]
    [InlineData(4_000)]
    public void Likest_of_many_are_found_by_their_signs_and_compared_in_full(int many)
    {
        var random = new Random(7);
        var centres = Enumerable.Range(0, 60).Select(_ => UnitVectors.One(random, 256)).ToList();
        var (all, chosen) = (new Int8Scan(256), new Int8Scan(256, many));
        for (var i = 0; i < 6_000; i++)
        {
            var vector = i % 50 == 0 ? [] : UnitVectors.Near(centres[i % centres.Count], random, 1);
            all.Add(vector);
            chosen.Add(vector);
        }

        var (exact, likeness, likest) = (new float[6_000], new float[6_000], 0);
        foreach (var centre in centres)
        {
            var question = UnitVectors.Near(centre, random, 1);
            Assert.Equal(0, all.Score(question, exact));
            Assert.InRange(chosen.Score(question, likeness), 1e-6f, .01f);

            // A search of some of them looks at all.
            var whole = new float[6_000];
            Assert.Equal(0, chosen.Score(question, whole, looksAtAll: true));
            Assert.Equal(exact, whole);
            likest += Enumerable.Range(0, 6_000).OrderByDescending(i => exact[i]).Take(10).Count(i => likeness[i] == exact[i]);

            // The others are near what they are, and what has no vector is like nothing.
            Assert.InRange(Enumerable.Range(0, 6_000).Average(i => Math.Abs(exact[i] - likeness[i])), 1e-6, .05);
            Assert.All(Enumerable.Range(0, 120), i => Assert.Equal(0, likeness[i * 50]));
        }

        Assert.InRange(likest, 10 * centres.Count * .98, 10 * centres.Count);
    }
}
