using System.Diagnostics;
using Tessera.Inference.Llama.Native;

namespace Tessera.Benchmarks.Engine;

/// <summary>Resident memory of this process when a model is loaded, against its file.</summary>
internal static class MemoryFigures
{
    public static void Add(FigureTable table)
    {
        var file = new FileInfo(EngineFiles.B1).Length;
        NativeEngine.Load();
        Measure(EngineFiles.M135, LoadMode.Read, 0);
        table.AtMost("1B, resident after load against the file, read", Measure(EngineFiles.B1, LoadMode.Read, 0) / (double)file, 1.25);
        Console.WriteLine(FormattableString.Invariant($"1B, mapped instead: {Measure(EngineFiles.B1, LoadMode.Map, 0) / (double)file:0.00} × the file, since the repacked copy lies beside the map"));
        var one = Measure(EngineFiles.B1, LoadMode.Read, 1);
        var eight = Measure(EngineFiles.B1, LoadMode.Read, 8);
        table.AtMost("1B, weights again for 8 slots instead of 1, × the file", Math.Max(0, eight - one - (7 * SlotBytes)) / (double)file, .1);
    }

    // 1,024 tokens × 16 layers × 8 heads × 64 numbers of 16 bits, keys and values.
    private const long SlotBytes = 1024L * 16 * 8 * 64 * 2 * 2;

    private static long Measure(string path, LoadMode mode, int slots)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Resident();
        using var model = ModelHandle.Load(path, mode);
        using var context = slots > 0 ? ContextHandle.Create(model, new ContextShape(slots, 1024, 512, 512, 2)) : null;
        return Resident() - before;
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
