using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Tessera.Rag.Retrieval.Vectors;

/// <summary>
/// An embedder's vectors of single words, kept as bytes: the words of passages come again and again. Only of embedders that make vectors of words as
/// they make those of texts, from a table. Safe for concurrent use; what is kept never changes a result.
/// </summary>
internal sealed class WordVectors
{
    // 17 MB of vectors of 256 numbers.
    private const int MostKept = 65_536;

    private static readonly ConditionalWeakTable<object, WordVectors> Known = [];

    private readonly ConcurrentDictionary<string, sbyte[]> _kept = new(StringComparer.Ordinal);
    private readonly Func<string, float[]> _embed;
    private int _count;

    private WordVectors(Func<string, float[]> embed) => _embed = embed;

    /// <summary>Those of an embedder; null where it says none of single words.</summary>
    public static WordVectors? Of(IEmbeddingGenerator<string, Embedding<float>>? embedder) =>
        embedder?.GetService(typeof(Func<string, float[]>)) is Func<string, float[]> embed ? Known.GetValue(embedder, _ => new WordVectors(embed)) : null;

    /// <summary>The unit vector of a text of any length; not kept.</summary>
    public float[] Embed(string text) => _embed(text);

    /// <summary>A word's vector, each number of the unit vector times 127, filled up with zeros to what <see cref="Int8Dot"/> takes.</summary>
    public sbyte[] this[string word]
    {
        get
        {
            if (_kept.TryGetValue(word, out var vector))
            {
                return vector;
            }

            vector = Rounded(_embed(word));
            if (Interlocked.Increment(ref _count) > MostKept)
            {
                _kept.Clear();
                _count = 0;
            }

            return _kept.TryAdd(word, vector) ? vector : _kept.GetValueOrDefault(word, vector);
        }
    }

    // As long as products of bytes want it; zeros add nothing.
    private static sbyte[] Rounded(float[] vector)
    {
        var bytes = new sbyte[(vector.Length + Int8Dot.Step - 1) / Int8Dot.Step * Int8Dot.Step];
        for (var i = 0; i < vector.Length; i++)
        {
            bytes[i] = (sbyte)Math.Clamp(MathF.Round(vector[i] * sbyte.MaxValue), -sbyte.MaxValue, sbyte.MaxValue);
        }

        return bytes;
    }
}
