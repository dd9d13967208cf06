using Tessera.Inference.Llama.Native;

namespace Tessera.Unit.Inference.Llama;

/// <summary>A real, trained, tiny model that lies beside the checkout; tests skip where it or the engine is absent.</summary>
internal static class Stories
{
    public static string File()
    {
        Assert.SkipUnless(System.IO.File.Exists(Path.Combine(NativeEngine.Folder, NativeRelease.Llama)), "llama.cpp's libraries are not built in: npm is missing.");
        return SharedData.Require("models/stories260K/stories260K.gguf");
    }
}
