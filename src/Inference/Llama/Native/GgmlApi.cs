using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary>ggml's functions: backends and devices.</summary>
internal static unsafe partial class GgmlApi
{
    [LibraryImport(NativeRelease.Ggml, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ggml_backend_load_all_from_path(string folder);

    [LibraryImport(NativeRelease.Ggml)]
    internal static partial nuint ggml_backend_dev_count();

    [LibraryImport(NativeRelease.Ggml)]
    internal static partial nint ggml_backend_dev_get(nuint index);

    [LibraryImport(NativeRelease.GgmlBase)]
    internal static partial byte* ggml_backend_dev_name(nint device);

    [LibraryImport(NativeRelease.GgmlBase)]
    internal static partial byte* ggml_backend_dev_description(nint device);

    [LibraryImport(NativeRelease.GgmlBase)]
    internal static partial int ggml_backend_dev_type(nint device);

    [LibraryImport(NativeRelease.GgmlBase)]
    internal static partial void ggml_backend_dev_memory(nint device, nuint* free, nuint* total);
}
