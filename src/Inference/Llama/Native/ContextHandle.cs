using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary>
/// What a model has read: one memory a sequence, and the outputs of the last batch. Used by one thread at a time; <see cref="Abort"/> may be
/// called from any.
/// </summary>
internal sealed unsafe class ContextHandle : ChildHandle
{
    private readonly nint memory;
    private readonly int vocabularySize;
    private readonly int width;
    private int* abort;

    private ContextHandle(ModelHandle model, nint context)
        : base(model, context)
    {
        memory = LlamaApi.llama_get_memory(context);
        vocabularySize = VocabularyApi.llama_vocab_n_tokens(model.Vocabulary);
        Pooling = (Pooling)LlamaApi.llama_pooling_type(context);
        width = Pooling == Pooling.Rank ? model.ClassifierOutputs : model.EmbeddingWidth;
        abort = (int*)NativeMemory.AllocZeroed(sizeof(int));
    }

    /// <summary>True: the model reads whole texts and keeps nothing of them.</summary>
    public bool HasNoMemory => memory == 0;

    /// <summary>Tokens that one sequence holds.</summary>
    public int SequenceTokens => (int)LlamaApi.llama_n_ctx_seq(handle);

    /// <summary>How vectors of a sequence are made.</summary>
    public Pooling Pooling { get; }

    /// <exception cref="ModelException"><see cref="ModelFault.TooLarge"/>: the memory for it is not to be had.</exception>
    public static ContextHandle Create(ModelHandle model, ContextShape shape)
    {
        var parameters = LlamaApi.llama_context_default_params();
        parameters.ContextTokens = (uint)(shape.SequenceTokens * shape.Sequences);
        parameters.BatchTokens = (uint)shape.BatchTokens;
        parameters.MicroBatchTokens = (uint)shape.MicroBatchTokens;
        parameters.Sequences = (uint)shape.Sequences;
        parameters.Outputs = shape.Embeddings ? 0 : (uint)shape.Sequences;
        parameters.Threads = shape.Threads;
        parameters.BatchThreads = shape.Threads;
        parameters.Embeddings = shape.Embeddings ? (byte)1 : (byte)0;
        if (shape.Pooling is { } pooling)
        {
            parameters.Pooling = (int)pooling;
        }

        var context = NativeLog.Watch(() => LlamaApi.llama_init_from_model(model.DangerousGetHandle(), parameters), out var complaint);
        return context != 0
            ? new ContextHandle(model, context)
            : throw new ModelException(
                ModelFault.TooLarge,
                $"There is no room for {shape.Sequences} × {shape.SequenceTokens} tokens of context: {complaint ?? "the engine gives no reason"}. Give models more memory, or fewer slots.");
    }

    /// <summary>Reads a batch; the outputs stay until the next one.</summary>
    /// <param name="batch">What to read.</param>
    /// <param name="abortable">True: an <see cref="Abort"/> since the last <see cref="Arm"/> ends it early, at a little cost a step.</param>
    public DecodeResult Decode(BatchBuffer batch, bool abortable)
    {
        LlamaApi.llama_set_abort_callback(
            handle, abortable ? (nint)(delegate* unmanaged[Cdecl]<nint, byte>)&IsAborted : 0, (nint)abort);
        return LlamaApi.llama_decode(handle, batch.Native) switch
        {
            0 => DecodeResult.Done,
            1 => DecodeResult.NoRoom,
            2 => DecodeResult.Aborted,
            _ => DecodeResult.Failed,
        };
    }

    /// <summary>Reads a batch with a model that has no memory of what came before.</summary>
    public bool Encode(BatchBuffer batch) => LlamaApi.llama_encode(handle, batch.Native) == 0;

    /// <summary>Forgets an earlier <see cref="Abort"/>.</summary>
    public void Arm() => Volatile.Write(ref *abort, 0);

    /// <summary>Ends the batch that is being read. Safe at any time while the context lives.</summary>
    public void Abort() => Volatile.Write(ref *abort, 1);

    /// <summary>The scores of the next token behind the batch's row, one a token of the vocabulary; until the next batch. May be written to.</summary>
    public Span<float> Logits(int row)
    {
        var logits = LlamaApi.llama_get_logits_ith(handle, row);
        return logits is not null
            ? new Span<float>(logits, vocabularySize)
            : throw new ModelException(ModelFault.Failed, "The engine gave no scores for a row that asked for them.");
    }

    /// <summary>The vector of a sequence, or its scores where the pooling ranks; until the next batch.</summary>
    public ReadOnlySpan<float> Vector(int sequence)
    {
        var vector = LlamaApi.llama_get_embeddings_seq(handle, sequence);
        return vector is not null
            ? new ReadOnlySpan<float>(vector, width)
            : throw new ModelException(ModelFault.Failed, "The engine gave no vector for a text.");
    }

    /// <summary>Forgets all of a sequence from a position on. False: it can only be forgotten whole.</summary>
    public bool Forget(int sequence, int from) => LlamaApi.llama_memory_seq_rm(memory, sequence, from, -1) != 0;

    /// <summary>Forgets a sequence whole.</summary>
    public void Clear(int sequence) => LlamaApi.llama_memory_seq_rm(memory, sequence, -1, -1);

    /// <summary>Forgets everything.</summary>
    public void ClearAll()
    {
        if (memory != 0)
        {
            LlamaApi.llama_memory_clear(memory, 0);
        }
    }

    /// <summary>Makes one sequence a copy of another.</summary>
    public void Copy(int source, int target)
    {
        Clear(target);
        LlamaApi.llama_memory_seq_cp(memory, source, target, -1, -1);
    }

    /// <summary>Applies one adapter, or none, to all that is read from now on.</summary>
    public void Use(AdapterHandle? adapter)
    {
        var value = adapter?.Value ?? 0;
        var scale = 1f;
        if (LlamaApi.llama_set_adapters_lora(handle, &value, adapter is null ? 0u : 1u, &scale) != 0)
        {
            throw new ModelException(ModelFault.WrongAdapter, "The engine does not apply the adapter to this model.");
        }
    }

    public void SetThreads(int threads, int batchThreads) => LlamaApi.llama_set_n_threads(handle, threads, batchThreads);

    protected override void Free()
    {
        LlamaApi.llama_free(handle);
        NativeMemory.Free(abort);
        abort = null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte IsAborted(nint flag) => Volatile.Read(ref *(int*)flag) != 0 ? (byte)1 : (byte)0;
}
