using System.Reflection;
using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary>The native engine of this process: loaded at most once, never unloaded. Safe for concurrent use.</summary>
internal sealed class NativeEngine
{
    private static readonly Lock Gate = new();

    private static NativeEngine? loaded;

    private NativeEngine(string version, IReadOnlyList<NativeDevice> devices) => (Version, Devices) = (version, devices);

    /// <summary>What the library says of itself.</summary>
    public string Version { get; }

    /// <summary>What it can compute on, in its own order of preference.</summary>
    public IReadOnlyList<NativeDevice> Devices { get; }

    /// <summary>The folder in which the build puts the libraries.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "native");

    /// <summary>Loads the engine; the same one at every call.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.NoEngine"/>: a library is missing, or another release than this build knows.</exception>
    public static NativeEngine Load()
    {
        lock (Gate)
        {
            return loaded ??= LoadOnce();
        }
    }

    private static NativeEngine LoadOnce()
    {
        if (!File.Exists(Path.Combine(Folder, NativeRelease.Llama)))
        {
            throw new ModelException(
                ModelFault.NoEngine,
                $"The engine that runs models is not there: '{NativeRelease.Llama}' is missing in the host's folder 'native'. Build once on a machine with npm, then it is put there.");
        }

        try
        {
            NativeLibrary.SetDllImportResolver(typeof(NativeEngine).Assembly, Resolve);
            return Start();
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new ModelException(
                ModelFault.NoEngine, $"The engine that runs models cannot be loaded on this machine: {failure.Message}", failure);
        }
    }

    private static unsafe NativeEngine Start()
    {
        // Without it an assertion of the library starts a debugger, where one is installed.
        Environment.SetEnvironmentVariable("GGML_NO_BACKTRACE", "1");
        var version = Marshal.PtrToStringUTF8((nint)LlamaApi.llama_version()) ?? "";
        if (!version.StartsWith(NativeRelease.Version, StringComparison.Ordinal))
        {
            throw new ModelException(
                ModelFault.NoEngine, $"The engine in 'native' is llama.cpp {version}; this build knows {NativeRelease.Version}. Build again.");
        }

        var wrong = AbiGuard.Check(AbiGuard.ReadTable(), LlamaApi.llama_model_default_params(), LlamaApi.llama_context_default_params());
        if (wrong.Count > 0)
        {
            throw new ModelException(
                ModelFault.NoEngine, $"The engine in 'native' has another layout than this build knows: {string.Join("; ", wrong)}. Build again.");
        }

        NativeLog.Attach();
        GgmlApi.ggml_backend_load_all_from_path(Folder);
        LlamaApi.llama_backend_init();
        var devices = NativeDevice.ReadAll();
        return devices.Count > 0
            ? new NativeEngine(version, devices)
            : throw new ModelException(ModelFault.NoEngine, "The engine finds nothing to compute on: no backend for this processor lies in 'native'. Build again.");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name is NativeRelease.Llama or NativeRelease.Ggml or NativeRelease.GgmlBase ? NativeLibrary.Load(Path.Combine(Folder, name)) : 0;
}
