namespace Tessera.Inference.Llama.Native;

/// <summary>A LoRA adapter, loaded for one model.</summary>
internal sealed class AdapterHandle : ChildHandle
{
    private AdapterHandle(ModelHandle model, nint adapter)
        : base(model, adapter)
    {
    }

    public nint Value => handle;

    /// <exception cref="ModelException"><see cref="ModelFault.WrongAdapter"/>, with the library's own reason.</exception>
    public static AdapterHandle Load(ModelHandle model, string path)
    {
        var adapter = NativeLog.Watch(() => LlamaApi.llama_adapter_lora_init(model.DangerousGetHandle(), path), out var complaint);
        return adapter != 0
            ? new AdapterHandle(model, adapter)
            : throw new ModelException(
                ModelFault.WrongAdapter, $"The engine does not take the adapter '{Path.GetFileName(path)}' for this model: {complaint ?? "it gives no reason"}.");
    }

    protected override void Free() => LlamaApi.llama_adapter_lora_free(handle);
}
