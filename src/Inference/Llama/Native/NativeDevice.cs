using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary>Something that the engine can compute on.</summary>
/// <param name="Name">As the engine names it: <c>CPU</c>, <c>CUDA0</c> …</param>
/// <param name="Description">The product's name.</param>
/// <param name="IsGpu">True: it has memory of its own.</param>
/// <param name="MemoryBytes">Its memory; 0 where it does not say.</param>
internal sealed record NativeDevice(string Name, string Description, bool IsGpu, long MemoryBytes)
{
    private const int Cpu = 0;

    private const int Accelerator = 3;

    public static unsafe IReadOnlyList<NativeDevice> ReadAll()
    {
        var devices = new List<NativeDevice>();
        for (nuint i = 0; i < GgmlApi.ggml_backend_dev_count(); i++)
        {
            var device = GgmlApi.ggml_backend_dev_get(i);
            nuint free = 0, total = 0;
            GgmlApi.ggml_backend_dev_memory(device, &free, &total);
            devices.Add(new NativeDevice(
                Marshal.PtrToStringUTF8((nint)GgmlApi.ggml_backend_dev_name(device)) ?? "",
                Marshal.PtrToStringUTF8((nint)GgmlApi.ggml_backend_dev_description(device)) ?? "",
                GgmlApi.ggml_backend_dev_type(device) is not (Cpu or Accelerator),
                (long)total));
        }

        return devices;
    }
}
