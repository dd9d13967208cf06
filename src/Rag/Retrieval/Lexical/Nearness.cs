using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>
/// How close a question's words stand in a passage: those that are neighbours in the question, but for one between, are looked for within a few words
/// of each other, in either order; each such pair counts like a word. For one question; not for concurrent use.
/// </summary>
internal sealed class Nearness
{
    private const int FarthestAsked = 2;
    private const int Farthest = 4;
    private const double Saturation = 1.2;

    private readonly Dictionary<(ulong, ulong), (int Place, double Worth)> _pairs = [];
    private readonly HashSet<ulong> _asked = [];
    private readonly int[] _times;
    private readonly double _worth;

    /// <param name="asked">The question's words in their order.</param>
    /// <param name="weigh">A word's idf.</param>
    public Nearness(IReadOnlyList<ulong> asked, Func<ulong, double> weigh)
    {
        for (var i = 0; i < asked.Count; i++)
        {
            for (var j = i + 1; j < asked.Count && j <= i + FarthestAsked; j++)
            {
                if (asked[i] != asked[j] && _pairs.TryAdd(Pair(asked[i], asked[j]), (_pairs.Count, (weigh(asked[i]) + weigh(asked[j])) / 2)))
                {
                    _asked.Add(asked[i]);
                    _asked.Add(asked[j]);
                }
            }
        }

        _times = new int[_pairs.Count];
        _worth = _pairs.Values.Sum(pair => pair.Worth);
    }

    /// <summary>How near they stand in a passage: the worth of the pairs that do, by the root of all pairs' worth, so that long questions say no more than others.</summary>
    public float In(ReadOnlySpan<Term> terms)
    {
        if (_pairs.Count == 0)
        {
            return 0;
        }

        Array.Clear(_times);
        for (var i = 0; i < terms.Length; i++)
        {
            if (!_asked.Contains(terms[i].Key))
            {
                continue;
            }

            for (var j = i + 1; j < terms.Length && j <= i + Farthest; j++)
            {
                if (_asked.Contains(terms[j].Key) && _pairs.TryGetValue(Pair(terms[i].Key, terms[j].Key), out var pair))
                {
                    _times[pair.Place]++;
                }
            }
        }

        return (float)(_pairs.Values.Sum(pair => pair.Worth * _times[pair.Place] / (_times[pair.Place] + Saturation)) / Math.Sqrt(_worth));
    }

    private static (ulong, ulong) Pair(ulong a, ulong b) => a < b ? (a, b) : (b, a);
}
