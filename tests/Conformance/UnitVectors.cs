using System.Numerics.Tensors;

namespace Tessera.Conformance;

/// <summary>Vectors of length 1, each coordinate as likely as any.</summary>
public static class UnitVectors
{
    public static float[] One(Random random, int width) => Scaled(Enumerable.Range(0, width).Select(_ => (random.NextSingle() * 2) - 1));

    /// <summary>One in the neighbourhood of another.</summary>
    /// <param name="centre">The other, of length 1.</param>
    /// <param name="random">Where from there.</param>
    /// <param name="far">How much of a random one is added to it.</param>
    public static float[] Near(float[] centre, Random random, float far) => Scaled(centre.Zip(One(random, centre.Length), (x, y) => x + (far * y)));

    private static float[] Scaled(IEnumerable<float> values)
    {
        var vector = values.ToArray();
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
