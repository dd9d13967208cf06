using Tessera.Rag.Retrieval.Lexical;
namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>The best of many slots.</summary>
/// <param name="top">How many are kept.</param>
/// <param name="order">Which of two slots with equal scores comes first.</param>
internal sealed class BestSlots(int top, Comparison<int> order)
{
    private readonly PriorityQueue<int, (int Slot, float Score)> _best = new(Comparer<(int Slot, float Score)>.Create((x, y) =>
        x.Score != y.Score ? x.Score.CompareTo(y.Score) : order(y.Slot, x.Slot)));

    /// <summary>A score below this is not among the best so far.</summary>
    public float Least { get; private set; } = float.NegativeInfinity;

    /// <summary>Keeps the slot where it is among the best so far.</summary>
    public void Offer(int slot, float score)
    {
        if (score < Least)
        {
            return;
        }

        if (_best.Count < top)
        {
            _best.Enqueue(slot, (slot, score));
        }
        else
        {
            _best.EnqueueDequeue(slot, (slot, score));
        }

        if (_best.Count == top && _best.TryPeek(out _, out var worst))
        {
            Least = worst.Score;
        }
    }

    /// <summary>Takes them out, best first.</summary>
    public (int Slot, float Score)[] Take()
    {
        var found = new (int Slot, float Score)[_best.Count];
        for (var i = found.Length - 1; i >= 0; i--)
        {
            _best.TryDequeue(out _, out found[i]);
        }

        return found;
    }
}
