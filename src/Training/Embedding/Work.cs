namespace Tessera.Training.Embedding;

/// <summary>
/// Divides work among threads. Each part is computed alone and in one order, and sums over parts are made afterwards in theirs, so that the
/// number of threads never changes a bit of the result.
/// </summary>
/// <param name="Threads">At most so many; on one, no other is used.</param>
/// <param name="Stop">No part is begun after this; parts that had begun are finished.</param>
internal readonly record struct Work(int Threads, CancellationToken Stop)
{
    /// <summary>Runs all parts.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public void Split(int parts, Action<int> part)
    {
        if (Threads > 1)
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = Stop }, part);
            return;
        }

        for (var i = 0; i < parts; i++)
        {
            Stop.ThrowIfCancellationRequested();
            part(i);
        }
    }

    /// <summary>Runs over ranges of a fixed length.</summary>
    /// <inheritdoc cref="Split"/>
    public void SplitRange(int count, int length, Action<int, int> range) =>
        Split((count + length - 1) / length, part => range(part * length, Math.Min(count, (part + 1) * length)));
}
