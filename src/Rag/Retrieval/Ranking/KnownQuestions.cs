using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Tessera.Rag.Retrieval.Vectors;

namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>The questions that a domain's models were learned from, where they are few: of other kinds of questions vectors tell little. Safe for concurrent use.</summary>
internal sealed class KnownQuestions(IReadOnlyList<string> questions)
{
    // An embedder tells these two apart from "of the kind" and "of none" (measured on wordings that it never saw and on another field's questions).
    private const float Strange = 0.55f;
    private const float Familiar = 0.65f;

    private readonly ConditionalWeakTable<WordVectors, IReadOnlyList<float[]>> _vectors = [];

    /// <summary>0: unlike all that was learned from, or there is no embedder to tell; 1: of a kind that was.</summary>
    /// <param name="vector">The question's vector; may be empty.</param>
    /// <param name="embedder">What made it; may be null.</param>
    public float FamiliarityOf(ReadOnlySpan<float> vector, WordVectors? embedder)
    {
        if (vector.IsEmpty || embedder is null)
        {
            return 0;
        }

        var likest = 0f;
        foreach (var known in _vectors.GetValue(embedder, from => [.. questions.Select(from.Embed)]))
        {
            likest = MathF.Max(likest, TensorPrimitives.Dot(vector, known));
        }

        return Math.Clamp((likest - Strange) / (Familiar - Strange), 0, 1);
    }
}
