using System.Numerics.Tensors;

namespace Tessera.Training.Embedding;

/// <summary>
/// Where learning starts: the directions in which the texts differ most (the right side of a randomised singular value decomposition, two
/// power iterations). Which axes lie in them does not matter, only likeness does, so that no axes are sought.
/// </summary>
internal static class SubspaceStart
{
    private const int Iterations = 2;

    /// <summary>A row for each row of the table, of the settings' width and size.</summary>
    public static DenseMatrix Find(SparseTexts texts, int rows, EmbedderSettings settings, CancellationToken cancellationToken)
    {
        var byRow = texts.Transposed(rows);
        var table = new DenseMatrix(rows, settings.Dimensions);
        var seen = new DenseMatrix(texts.Count, settings.Dimensions);
        var random = new SplitMix(settings.Seed);
        foreach (ref var number in table.All)
        {
            number = random.Even();
        }

        for (var i = 0; i <= Iterations; i++)
        {
            texts.Multiply(table, seen, settings.Threads, cancellationToken);
            byRow.Multiply(seen, table, settings.Threads, cancellationToken);
            Orthonormal.Make(table, settings.Threads, cancellationToken);
        }

        var size = TensorPrimitives.Norm<float>(table.All) / MathF.Sqrt(table.All.Length);
        if (size > 0)
        {
            TensorPrimitives.Multiply(table.All, settings.StartSize / size, table.All);
        }

        return table;
    }
}
