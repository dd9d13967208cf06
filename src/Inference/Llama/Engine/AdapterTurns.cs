using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Engine;

/// <summary>
/// Which adapter's slots are read in the next step: an adapter applies to the whole context, so a step has one. Adapters with work take turns.
/// On the engine's thread.
/// </summary>
/// <param name="steps">Steps of one turn while others wait.</param>
internal sealed class AdapterTurns(int steps)
{
    private AdapterHandle? current;
    private int taken;

    /// <summary>The slots at work that are read together now; empty when none is at work.</summary>
    public IReadOnlyList<Slot> Next(IReadOnlyList<Slot> slots)
    {
        var adapters = slots.Where(slot => slot.Work is not null).Select(slot => slot.Adapter).Distinct().ToList();
        if (adapters.Count == 0)
        {
            return [];
        }

        var at = adapters.IndexOf(current);
        if (at < 0 || (adapters.Count > 1 && taken >= steps))
        {
            current = adapters[(at + 1) % adapters.Count];
            taken = 0;
        }

        taken++;
        return [.. slots.Where(slot => slot.Work is not null && slot.Adapter == current)];
    }
}
