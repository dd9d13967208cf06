namespace Tessera.Inference.Llama.Native;

/// <summary>The one release of llama.cpp whose structs this build knows. File names carry the version.</summary>
internal static class NativeRelease
{
    /// <summary>llama.cpp's own version, as <c>llama_version()</c> begins.</summary>
    public const string Version = "0.5.0";

    /// <summary>The layout table of <see cref="AbiGuard"/>, an embedded file.</summary>
    public const string AbiTable = "Tessera.Inference.Llama.Native.abi-0.5.0.txt";

    public const string Llama = "libllama.v0.5.0.so";

    public const string Ggml = "libggml.v0.5.0.so";

    public const string GgmlBase = "libggml-base.so";
}
