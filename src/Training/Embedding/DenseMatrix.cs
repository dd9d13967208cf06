namespace Tessera.Training.Embedding;

/// <summary>Numbers in rows of one width, in one piece of memory.</summary>
internal sealed class DenseMatrix(int rows, int width)
{
    private readonly float[] numbers = new float[checked(rows * width)];

    public int Rows => rows;

    public int Width => width;

    /// <summary>All rows behind each other.</summary>
    public Span<float> All => numbers;

    public Span<float> this[int row] => numbers.AsSpan(row * width, width);
}
