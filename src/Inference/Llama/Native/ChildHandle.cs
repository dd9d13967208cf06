using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary>A native object that must be freed before the model that it belongs to: it holds the model's handle until then.</summary>
internal abstract class ChildHandle : SafeHandle
{
    private readonly ModelHandle model;

    protected ChildHandle(ModelHandle model, nint value)
        : base(0, ownsHandle: true)
    {
        this.model = model;
        var held = false;
        model.DangerousAddRef(ref held);
        SetHandle(value);
    }

    public sealed override bool IsInvalid => handle == 0;

    protected abstract void Free();

    protected sealed override bool ReleaseHandle()
    {
        Free();
        model.DangerousRelease();
        return true;
    }
}
