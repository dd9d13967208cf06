using System.Numerics.Tensors;
using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Bench;

/// <summary>The least that must be done to run a model: what the engine's speed is measured against. Reads a prompt, then writes the likeliest tokens. One call at a time.</summary>
internal sealed class BareLoop : IDisposable
{
    private const int Chunk = 512;

    private readonly ModelHandle model;
    private readonly ContextHandle context;
    private readonly BatchBuffer batch = new(Chunk);
    private readonly TimeProvider clock;

    public BareLoop(string path, int tokens, int threads, TimeProvider clock)
    {
        this.clock = clock;
        model = ModelHandle.Load(path, LoadMode.Read);
        context = ContextHandle.Create(model, new ContextShape(1, tokens, Chunk, Chunk, threads));
    }

    /// <summary>How long the prompt took, and how long the written tokens after the first.</summary>
    public (TimeSpan Prompt, TimeSpan Written) Run(IReadOnlyList<int> prompt, int count)
    {
        context.Clear(0);
        var started = clock.GetTimestamp();
        var row = 0;
        for (var at = 0; at < prompt.Count; at += Chunk)
        {
            batch.Clear();
            for (var i = at; i < Math.Min(prompt.Count, at + Chunk); i++)
            {
                row = batch.Add(prompt[i], i, 0, i == prompt.Count - 1);
            }

            Decode();
        }

        var token = TensorPrimitives.IndexOfMax<float>(context.Logits(row));
        var read = clock.GetElapsedTime(started);
        started = clock.GetTimestamp();
        for (var written = 1; written < count; written++)
        {
            batch.Clear();
            batch.Add(token, prompt.Count + written - 1, 0, output: true);
            Decode();
            token = TensorPrimitives.IndexOfMax<float>(context.Logits(0));
        }

        return (read, clock.GetElapsedTime(started));
    }

    public void Dispose()
    {
        batch.Dispose();
        context.Dispose();
        model.Dispose();
    }

    private void Decode()
    {
        if (context.Decode(batch, abortable: false) != DecodeResult.Done)
        {
            throw new ModelException(ModelFault.Failed, "The engine failed in the bare loop.");
        }
    }
}
