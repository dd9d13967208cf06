using System.Numerics.Tensors;
using CsCheck;
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
    public void Nearest_are_those_of_an_exact_search()
    {
        var random = new Random(3);
        var vectors = Enumerable.Range(0, 5_000).Select(_ => Unit(random, 48)).ToList();
        var scan = new Int8Scan(48);
        vectors.ForEach(x => scan.Add(x));
        for (var i = 0; i < 10; i++)
        {
            var question = Unit(random, 48);
            var exact = vectors.Index().OrderByDescending(x => TensorPrimitives.Dot<float>(question, x.Item)).Take(10).Select(x => x.Index);
            Assert.Equal(exact, scan.Nearest(question, 10, (slot, into) => vectors[slot].CopyTo(into)).Select(x => x.Slot));
        }
    }

    [Fact]
    public void Removed_and_unwanted_slots_are_never_found()
    {
        var random = new Random(4);
        var vectors = Enumerable.Range(0, 300).Select(_ => Unit(random, 32)).ToList();
        var scan = new Int8Scan(32);
        vectors.ForEach(x => scan.Add(x));
        scan.Remove(7);
        var hits = scan.Nearest(vectors[7], 300, (slot, into) => vectors[slot].CopyTo(into), slot => slot % 2 == 1);
        Assert.Equal(Enumerable.Range(0, 300).Where(x => x % 2 == 1 && x != 7), hits.Select(x => x.Slot).Order());
    }

    [Fact]
    public void Zero_vector_is_like_nothing_and_comes_by_age()
    {
        var scan = new Int8Scan(32);
        for (var i = 0; i < 80; i++)
        {
            scan.Add(new float[32]);
        }

        Assert.Equal(Enumerable.Range(0, 5).Select(x => new VectorHit(x, 0)), scan.Nearest(new float[32], 5, (_, into) => into.Clear()));
    }

    private static float[] Unit(Random random, int dimensions)
    {
        var vector = Enumerable.Range(0, dimensions).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
