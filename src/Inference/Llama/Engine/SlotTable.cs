using Tessera.Inference.Llama.Native;
using Tessera.Sdk;

namespace Tessera.Inference.Llama.Engine;

/// <summary>
/// The slots of one context. What a slot has read is reused for its own owner under the same adapter; of another of the same tenant only the
/// domain's fixed instructions are taken over; nothing ever crosses a tenant. On the engine's thread.
/// </summary>
internal sealed class SlotTable
{
    // Fewer tokens than these are not worth a search for them in other slots.
    private const int WorthCopying = 8;

    private readonly ContextHandle context;
    private readonly Slot[] slots;
    private long clock;

    public SlotTable(ContextHandle context, int count)
    {
        this.context = context;
        slots = [.. Enumerable.Range(0, count).Select(id => new Slot(id))];
    }

    public IReadOnlyList<Slot> All => slots;

    public int AtWork(TenantId tenant) => slots.Count(slot => slot.Work?.Request.Owner.Tenant == tenant);

    public bool HasFree => slots.Any(slot => slot.Work is null);

    /// <summary>Gives the work a free slot, with as much of its prompt read already as may be reused.</summary>
    public Slot Seat(Generation work)
    {
        var request = work.Request;
        var slot = Best(request);
        var reused = slot.Owner == request.Owner && slot.Adapter == request.Adapter ? Common(slot, request, request.Prompt.Count) : 0;
        if (reused < request.Shared && Donor(request, slot) is { } donor)
        {
            context.Copy(donor.Id, slot.Id);
            slot.Held.Clear();
            slot.Held.AddRange(donor.Held);
            reused = request.Shared;
        }

        // The last token is read in any case: its scores are what the reply begins with.
        Cut(slot, Math.Min(reused, request.Prompt.Count - 1));
        (slot.Owner, slot.Adapter, slot.Work, slot.LastUsed) = (request.Owner, request.Adapter, work, ++clock);
        work.Reused = slot.Held.Count;
        return slot;
    }

    /// <summary>Frees a slot; what it read stays for its owner.</summary>
    public static void Free(Slot slot) => slot.Work = null;

    /// <summary>Brings a slot back to its first tokens.</summary>
    public void Cut(Slot slot, int length)
    {
        if (length < slot.Held.Count)
        {
            slot.Held.RemoveRange(length, slot.Held.Count - length);
        }

        if (length == 0)
        {
            context.Clear(slot.Id);
        }
        else if (!context.Forget(slot.Id, length))
        {
            context.Clear(slot.Id);
            slot.Held.Clear();
        }
    }

    /// <summary>Forgets what a slot read, and for whom.</summary>
    public void Empty(Slot slot)
    {
        Cut(slot, 0);
        (slot.Owner, slot.Adapter, slot.Work) = (null, null, null);
    }

    private Slot Best(GenerationRequest request)
    {
        var free = slots.Where(slot => slot.Work is null);
        var own = free.Where(slot => slot.Owner == request.Owner && slot.Adapter == request.Adapter)
            .Select(slot => (Slot: slot, Common: Common(slot, request, request.Prompt.Count)))
            .Where(pair => pair.Common > Math.Max(request.Shared, WorthCopying))
            .OrderByDescending(pair => pair.Common).Select(pair => pair.Slot).FirstOrDefault();
        return own ?? free.OrderBy(slot => slot.Held.Count > 0).ThenBy(slot => slot.LastUsed).First();
    }

    private Slot? Donor(GenerationRequest request, Slot target) => request.Shared < WorthCopying ? null : slots.FirstOrDefault(slot =>
        slot != target && slot.Owner?.Tenant == request.Owner.Tenant && slot.Adapter == request.Adapter
        && slot.Held.Count >= request.Shared && Common(slot, request, request.Shared) == request.Shared);

    private static int Common(Slot slot, GenerationRequest request, int most)
    {
        var length = Math.Min(most, slot.Held.Count);
        for (var i = 0; i < length; i++)
        {
            if (slot.Held[i] != request.Prompt[i])
            {
                return i;
            }
        }

        return length;
    }
}
