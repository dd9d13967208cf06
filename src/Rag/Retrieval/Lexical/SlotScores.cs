using System.Buffers;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>A score for each slot of one search; every posting of every term is counted, so that no chunk is missed.</summary>
internal readonly struct SlotScores : IDisposable
{
    private readonly float[] _scores;
    public SlotScores(int slots)
    {
        _scores = ArrayPool<float>.Shared.Rent(slots);
        _scores.AsSpan(0, slots).Clear();
    }

    /// <summary>A slot's score.</summary>
    public float this[int slot] => _scores[slot];

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

    public void Dispose() => ArrayPool<float>.Shared.Return(_scores);
}
