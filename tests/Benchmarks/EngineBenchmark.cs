using Tessera.Benchmarks.Engine;

namespace Tessera.Benchmarks;

/// <summary>How fast models run in this process. Ratios are of rounds side by side, medians; a busy machine shows in both.</summary>
internal static class EngineBenchmark
{
    /// <summary>Prints a table; false where a figure is short of its bar.</summary>
    public static async Task<bool> RunAsync()
    {
        var table = new FigureTable();
        await SpeedFigures.AddAsync(table);
        await PrefixFigures.AddAsync(table);
        await AdapterFigures.AddAsync(table);
        MemoryFigures.Add(table);
        return table.Print();
    }

    /// <summary>What it costs to hold replies to a form.</summary>
    public static async Task<bool> FormsAsync()
    {
        var table = new FigureTable();
        await FormFigures.AddAsync(table);
        return table.Print();
    }
}
