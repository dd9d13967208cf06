using System.Buffers;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>A score for each slot of one search; every posting of every term is counted, so that no chunk is missed.</summary>
internal readonly struct SlotScores : IDisposable
{
    private readonly float[] _scores;
    private readonly int _slots;

    public SlotScores(int slots)
    {
        _slots = slots;
        _scores = ArrayPool<float>.Shared.Rent(slots);
        _scores.AsSpan(0, slots).Clear();
    }

    /// <summary>Adds what a term is worth to each slot it stands in.</summary>
    public void Add(ReadOnlySpan<byte> postings, float worth, (float Fixed, float PerTerm) norm, int[] lengths)
    {
        var scores = _scores;
        var slot = -1;
        for (var index = 0; index < postings.Length;)
        {
            var head = Varint.Read(postings, ref index);
            slot += (int)(head >> 1);
            var times = (head & 1) != 0 ? 1f : Varint.Read(postings, ref index);
            scores[slot] += worth * times / (times + norm.Fixed + (norm.PerTerm * lengths[slot]));
        }
    }

    /// <summary>The best slots above zero of allowed revisions, best first.</summary>
    /// <param name="top">How many.</param>
    /// <param name="revisions">Each slot's revision.</param>
    /// <param name="allowed">For each revision whether its slots may be found.</param>
    /// <param name="order">Which of two slots with equal scores comes first.</param>
    public (int Slot, float Score)[] Best(int top, int[] revisions, bool[] allowed, Comparison<int> order)
    {
        var worseFirst = Comparer<(int Slot, float Score)>.Create((x, y) =>
            x.Score != y.Score ? x.Score.CompareTo(y.Score) : order(y.Slot, x.Slot));
        var best = new PriorityQueue<int, (int Slot, float Score)>(worseFirst);
        var least = 0f;
        for (var slot = 0; slot < _slots; slot++)
        {
            var score = _scores[slot];
            if (score == 0 || score < least || !allowed[revisions[slot]])
            {
                continue;
            }

            if (best.Count < top)
            {
                best.Enqueue(slot, (slot, score));
            }
            else
            {
                best.EnqueueDequeue(slot, (slot, score));
            }

            if (best.Count == top && best.TryPeek(out _, out var worst))
            {
                least = worst.Score;
            }
        }

        var found = new (int Slot, float Score)[best.Count];
        for (var i = found.Length - 1; i >= 0; i--)
        {
            best.TryDequeue(out _, out found[i]);
        }

        return found;
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_scores);
}
