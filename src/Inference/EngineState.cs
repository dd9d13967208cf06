using Tessera.Inference.Llama.Native;

namespace Tessera.Inference;

/// <summary>Whether models can be run in this process, and on what.</summary>
/// <param name="Missing">What is missing and the way out, as sentences; null: the engine is there.</param>
/// <param name="Version">What the library says of itself; empty where it is missing.</param>
/// <param name="Devices">Names of what it computes on, in its own order of preference.</param>
public sealed record EngineState(string? Missing, string Version, IReadOnlyList<string> Devices)
{
    /// <summary>Loads the engine, if it was not yet; says so where that fails.</summary>
    public static EngineState Read()
    {
        try
        {
            var engine = NativeEngine.Load();
            return new EngineState(null, engine.Version, [.. engine.Devices.Select(device => device.Name == device.Description ? device.Name : $"{device.Name}: {device.Description}")]);
        }
        catch (ModelException missing)
        {
            return new EngineState(missing.Message, "", []);
        }
    }
}
