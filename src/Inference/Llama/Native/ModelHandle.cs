using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary>The weights of one model. Shared by contexts and adapters, which keep it alive. Safe for concurrent use.</summary>
internal sealed class ModelHandle : SafeHandle
{
    private ModelHandle(nint model)
        : base(0, ownsHandle: true) => SetHandle(model);

    public override bool IsInvalid => handle == 0;

    public nint Vocabulary => LlamaApi.llama_model_get_vocab(handle);

    public int ContextTrained => LlamaApi.llama_model_n_ctx_train(handle);

    public int EmbeddingWidth => LlamaApi.llama_model_n_embd_out(handle);

    public bool HasEncoder => LlamaApi.llama_model_has_encoder(handle) != 0;

    public bool HasDecoder => LlamaApi.llama_model_has_decoder(handle) != 0;

    public int ClassifierOutputs => (int)LlamaApi.llama_model_n_cls_out(handle);

    /// <summary>A named template of the model; null where it has none of that name.</summary>
    public unsafe string? Template(string name) => Marshal.PtrToStringUTF8((nint)LlamaApi.llama_model_chat_template(handle, name));

    /// <summary>Loads a file that was checked. Takes seconds; cannot be stopped.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/>, with the library's own reason.</exception>
    public static ModelHandle Load(string path, LoadMode mode)
    {
        NativeEngine.Load();
        var parameters = LlamaApi.llama_model_default_params();
        parameters.LoadMode = (int)mode;
        var model = NativeLog.Watch(() => LlamaApi.llama_model_load_from_file(path, parameters), out var complaint);
        return model != 0
            ? new ModelHandle(model)
            : throw new ModelException(ModelFault.BadFile, $"The engine does not load '{Path.GetFileName(path)}': {complaint ?? "it gives no reason"}.");
    }

    protected override bool ReleaseHandle()
    {
        LlamaApi.llama_model_free(handle);
        return true;
    }
}
