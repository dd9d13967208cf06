using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Vectors;

/// <summary>Reads texts side by side and gives each one's vector. One call at a time computes; the others wait. Safe for concurrent use.</summary>
internal sealed class VectorEngine : IDisposable
{
    private readonly ModelHandle model;
    private readonly ContextHandle context;
    private readonly BatchBuffer batch;
    private readonly int sequences;
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/> where the model makes no vectors; <see cref="ModelFault.TooLarge"/>.</exception>
    public VectorEngine(ModelHandle model, VectorShape shape)
    {
        this.model = model;
        sequences = shape.Sequences;
        var tokens = Math.Min(shape.TextTokens, model.ContextTrained);
        var room = Math.Max(tokens, shape.BatchTokens);
        context = ContextHandle.Create(
            model, new ContextShape(sequences, tokens, room, room, shape.Threads) { Embeddings = true, Pooling = shape.Pooling });
        if (context.Pooling is Pooling.None or Pooling.Unspecified)
        {
            context.Dispose();
            throw new ModelException(ModelFault.BadFile, "The model does not say how a text's vector is made: it is no embedding model and no reranker.");
        }

        TextTokens = tokens;
        batch = new BatchBuffer(room);
    }

    /// <summary>Most tokens of one text.</summary>
    public int TextTokens { get; }

    /// <summary>One vector a text, in their order.</summary>
    /// <param name="texts">Tokens of each: 1 to <see cref="TextTokens"/>.</param>
    /// <param name="cancellationToken">Looked at between two batches.</param>
    public async Task<IReadOnlyList<float[]>> ReadAsync(IReadOnlyList<IReadOnlyList<int>> texts, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(texts, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        batch.Dispose();
        context.Dispose();
        gate.Dispose();
    }

    private List<float[]> Read(IReadOnlyList<IReadOnlyList<int>> texts, CancellationToken cancellationToken)
    {
        var vectors = new List<float[]>(texts.Count);
        while (vectors.Count < texts.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Fill(texts, vectors.Count);
            Compute();
            for (var i = 0; i < count; i++)
            {
                vectors.Add(context.Vector(i).ToArray());
            }
        }

        return vectors;
    }

    private int Fill(IReadOnlyList<IReadOnlyList<int>> texts, int from)
    {
        batch.Clear();
        var count = 0;
        while (count < sequences && from + count < texts.Count && batch.Count + texts[from + count].Count <= batch.Room)
        {
            foreach (var (position, token) in texts[from + count].Index())
            {
                batch.Add(token, position, count, output: true);
            }

            count++;
        }

        return count;
    }

    private void Compute()
    {
        context.ClearAll();
        var done = model.HasEncoder || !model.HasDecoder || context.HasNoMemory
            ? context.Encode(batch)
            : context.Decode(batch, abortable: false) == DecodeResult.Done;
        if (!done)
        {
            throw new ModelException(ModelFault.Failed, "The engine failed while it read a text. Try again.");
        }
    }
}
