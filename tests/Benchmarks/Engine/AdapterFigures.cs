using Tessera.Inference;

namespace Tessera.Benchmarks.Engine;

/// <summary>What it costs to change from one adapter to another.</summary>
internal static class AdapterFigures
{
    private const int Rounds = 15;
    private const int Prompt = 128;

    public static async Task AddAsync(FigureTable table)
    {
        var model = EngineFiles.M135;
        AdapterFile[] adapters = [.. Enumerable.Range(1, 2).Select(seed => new AdapterFile(EngineFiles.Adapter($"adapter-{seed}", model, seed), $"adapter-{seed}"))];
        using var desk = new EngineDesk(new LlamaOptions());
        var (same, changed) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            // A after A, then B after A: prompts of the same length, each new.
            var before = await FirstAsync(desk, model, adapters[round % 2]);
            var after = await FirstAsync(desk, model, adapters[round % 2]);
            var other = await FirstAsync(desk, model, adapters[(round + 1) % 2]);
            if (round > 0)
            {
                same.Add(Math.Min(before, after));
                changed.Add(other);
            }
        }

        table.AtMost("changing the adapter, ms to the first token on top", (EngineDesk.Median(changed) - EngineDesk.Median(same)) * 1000, 30);
    }

    private static async Task<double> FirstAsync(EngineDesk desk, string model, AdapterFile adapter)
    {
        using var lease = await desk.RentAsync(model, EngineDesk.NewOwner(), adapter);
        return (await EngineDesk.AskAsync(lease.Client, desk.NewText(Prompt), 2)).First;
    }
}
