using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Tessera.Inference.Llama.Native;

/// <summary>llama.cpp's functions as <c>llama.h</c> declares them. Called by the handles of this folder only.</summary>
internal static unsafe partial class LlamaApi
{
    private const string Lib = NativeRelease.Llama;

    [LibraryImport(Lib)]
    internal static partial byte* llama_version();

    [LibraryImport(Lib)]
    internal static partial void llama_backend_init();

    [LibraryImport(Lib)]
    internal static partial void llama_log_set(nint callback, nint userData);

    [LibraryImport(Lib)]
    internal static partial ModelParams llama_model_default_params();

    [LibraryImport(Lib)]
    internal static partial ContextParams llama_context_default_params();

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_model_load_from_file(string path, ModelParams parameters);

    [LibraryImport(Lib)]
    internal static partial void llama_model_free(nint model);

    [LibraryImport(Lib)]
    internal static partial nint llama_model_get_vocab(nint model);

    [LibraryImport(Lib)]
    internal static partial int llama_model_n_ctx_train(nint model);

    [LibraryImport(Lib)]
    internal static partial int llama_model_n_embd_out(nint model);

    [LibraryImport(Lib)]
    internal static partial byte llama_model_has_encoder(nint model);

    [LibraryImport(Lib)]
    internal static partial byte llama_model_has_decoder(nint model);

    [LibraryImport(Lib)]
    internal static partial uint llama_model_n_cls_out(nint model);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* llama_model_chat_template(nint model, string name);

    [LibraryImport(Lib)]
    internal static partial nint llama_init_from_model(nint model, ContextParams parameters);

    [LibraryImport(Lib)]
    internal static partial void llama_free(nint context);

    [LibraryImport(Lib)]
    internal static partial uint llama_n_ctx_seq(nint context);

    [LibraryImport(Lib)]
    internal static partial int llama_pooling_type(nint context);

    [LibraryImport(Lib)]
    internal static partial nint llama_get_memory(nint context);

    [LibraryImport(Lib)]
    internal static partial void llama_memory_clear(nint memory, byte data);

    [LibraryImport(Lib)]
    internal static partial byte llama_memory_seq_rm(nint memory, int sequence, int from, int to);

    [LibraryImport(Lib)]
    internal static partial void llama_memory_seq_cp(nint memory, int source, int target, int from, int to);

    [LibraryImport(Lib)]
    internal static partial int llama_decode(nint context, Batch batch);

    [LibraryImport(Lib)]
    internal static partial int llama_encode(nint context, Batch batch);

    [LibraryImport(Lib)]
    internal static partial void llama_set_n_threads(nint context, int threads, int batchThreads);

    [LibraryImport(Lib)]
    internal static partial void llama_set_abort_callback(nint context, nint callback, nint userData);

    [LibraryImport(Lib)]
    internal static partial float* llama_get_logits_ith(nint context, int index);

    [LibraryImport(Lib)]
    internal static partial float* llama_get_embeddings_seq(nint context, int sequence);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_adapter_lora_init(nint model, string path);

    [LibraryImport(Lib)]
    internal static partial void llama_adapter_lora_free(nint adapter);

    [LibraryImport(Lib)]
    internal static partial int llama_set_adapters_lora(nint context, nint* adapters, nuint count, float* scales);

    [LibraryImport(Lib, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_sampler_init_grammar(nint vocabulary, string grammar, string root);

    [LibraryImport(Lib)]
    internal static partial void llama_sampler_accept(nint sampler, int token);

    [LibraryImport(Lib)]
    internal static partial void llama_sampler_apply(nint sampler, TokenDataArray* candidates);

    [LibraryImport(Lib)]
    internal static partial void llama_sampler_free(nint sampler);
}
