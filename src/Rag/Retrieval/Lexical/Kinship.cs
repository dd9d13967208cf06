using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Vectors;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>
/// How much of what is asked a passage says in whatever words: for each asked word the likeness of the passage's word that is likest to it, weighed by
/// idf. For one question; not for concurrent use.
/// </summary>
internal sealed class Kinship
{
    private readonly Dictionary<ulong, float[]> _seen = [];
    private readonly List<(ulong Key, sbyte[] Vector, double Worth)> _asked = [];
    private readonly WordVectors? _vectors;
    private readonly double _worth;

    /// <param name="asked">The words of what is asked.</param>
    /// <param name="vectors">Null: nothing is kin to anything.</param>
    /// <param name="weigh">A word's idf.</param>
    public Kinship(IReadOnlyList<Term> asked, WordVectors? vectors, Func<ulong, double> weigh)
    {
        _vectors = vectors;
        if (vectors is not null)
        {
            _asked.AddRange(asked.DistinctBy(term => term.Key).Select(term => (term.Key, vectors[term.Word], weigh(term.Key))));
            _worth = _asked.Sum(word => word.Worth);
        }
    }

    /// <summary>0 to 1: nothing alike, to all of it in the same words.</summary>
    public float In(ReadOnlySpan<Term> passage)
    {
        if (_vectors is null || _worth <= 0)
        {
            return 0;
        }

        Span<float> best = stackalloc float[_asked.Count];
        best.Clear();
        foreach (var term in passage)
        {
            var likeness = _seen.TryGetValue(term.WordKey, out var known) ? known : _seen[term.WordKey] = Compare(term, _vectors);
            for (var i = 0; i < best.Length; i++)
            {
                best[i] = MathF.Max(best[i], likeness[i]);
            }
        }

        var said = 0.0;
        for (var i = 0; i < best.Length; i++)
        {
            said += best[i] * _asked[i].Worth;
        }

        return (float)(said / _worth);
    }

    private float[] Compare(Term term, WordVectors vectors)
    {
        const float Whole = sbyte.MaxValue * sbyte.MaxValue;
        var vector = vectors[term.Word];
        var likeness = new float[_asked.Count];
        for (var i = 0; i < likeness.Length; i++)
        {
            likeness[i] = _asked[i].Key == term.Key ? 1 : Int8Dot.Portable(_asked[i].Vector, vector) / Whole;
        }

        return likeness;
    }
}
