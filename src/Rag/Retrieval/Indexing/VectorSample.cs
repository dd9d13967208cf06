using System.Numerics.Tensors;

namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>
/// Vectors of some chunks, taken at random: from their likeness follows how far that of all chunks deviates, which the embedded store measures of
/// each. Immutable.
/// </summary>
/// <param name="Chunks">How many chunks there were.</param>
/// <param name="Rows">The revision of each that was taken.</param>
/// <param name="Vectors">The vector of each; empty where it has none.</param>
internal sealed record VectorSample(int Chunks, long[] Rows, IReadOnlyList<ReadOnlyMemory<float>> Vectors)
{
    /// <summary>So many are taken.</summary>
    public const int Wanted = 1024;

    // Fewer tell less than all of them do, of whichever scope they are.
    private const int Fewest = 32;

    /// <summary>Bytes of memory held, about.</summary>
    public long Size => Vectors.Sum(x => x.Length * 4L) + (Rows.Length * 24L);

    /// <summary>Whether it still speaks for so many chunks.</summary>
    public bool Fits(int chunks) => chunks <= Chunks * 2 && chunks >= Chunks / 2;

    /// <summary>The deviation of the likeness to a question, of the chunks in a scope.</summary>
    public float Deviation(ReadOnlySpan<float> question, SearchScope scope)
    {
        var named = scope.Rows.ToHashSet();
        var (inside, all) = (new List<float>(), new List<float>(Rows.Length));
        for (var i = 0; i < Rows.Length; i++)
        {
            var likeness = Vectors[i].IsEmpty ? 0 : Math.Max(0, TensorPrimitives.Dot(question, Vectors[i].Span));
            all.Add(likeness);
            if (named.Contains(Rows[i]) != scope.AreLeftOut)
            {
                inside.Add(likeness);
            }
        }

        return Deviation(inside.Count >= Fewest ? inside : all);
    }

    private static float Deviation(List<float> values)
    {
        var mean = values.DefaultIfEmpty().Average();
        var variance = values.Select(x => (x - mean) * (x - mean)).DefaultIfEmpty().Average();
        return variance > 1e-9f ? MathF.Sqrt(variance) : 1;
    }
}
