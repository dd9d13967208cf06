namespace Tessera.Training.Embedding;

/// <summary>The rows and what the optimiser remembers of them: all that learning goes on from.</summary>
internal sealed class LearnedTable(DenseMatrix table)
{
    public DenseMatrix Table => table;

    /// <summary>Fading mean of each number's slope.</summary>
    public DenseMatrix Means { get; } = new(table.Rows, table.Width);

    /// <summary>Fading mean of its square.</summary>
    public DenseMatrix Squares { get; } = new(table.Rows, table.Width);

    /// <summary>Batches learned from.</summary>
    public int Steps { get; set; }

    /// <summary>How often all pairs were seen.</summary>
    public int Epochs { get; set; }
}
