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
}
