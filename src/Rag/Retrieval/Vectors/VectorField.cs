using Tessera.Rag.Retrieval.Lexical;

namespace Tessera.Rag.Retrieval.Vectors;

/// <summary>The vectors of all chunks in slots; none until the first comes. Changes and searches are kept apart by the caller.</summary>
internal sealed class VectorField
{
    private Int8Scan? _scan;
    private int _slots;

    /// <summary>Bytes of memory held, about.</summary>
    public long Size => _scan?.Size ?? 0;

    /// <summary>Adds a revision's vectors in the next slots; a chunk without one has an empty one.</summary>
    public void Add(IEnumerable<ReadOnlyMemory<float>> vectors)
    {
        foreach (var vector in vectors)
        {
            if (_scan is null && !vector.IsEmpty)
            {
                _scan = new Int8Scan(vector.Length);
                for (var slot = 0; slot < _slots; slot++)
                {
                    _scan.Add([]);
                }
            }

            _scan?.Add(vector.Span);
            _slots++;
        }
    }

    /// <summary>Scores every slot by its likeness to the question, 0 to 1; 0 where either has no vector.</summary>
    /// <param name="question">The question's vector.</param>
    /// <param name="looksAtAll">See <see cref="Int8Scan.Score"/>.</param>
    /// <returns>The scores, and how much larger their variance would be if each slot had been looked at.</returns>
    /// <exception cref="PermanentException"><c>bad-embedder</c>: the question's vector is of another width.</exception>
    public (SlotScores Scores, float Lost) Score(ReadOnlySpan<float> question, bool looksAtAll)
    {
        var (scores, lost) = (new SlotScores(_slots), 0f);
        if (_scan is not null && !question.IsEmpty)
        {
            VectorWidth.Require(question.Length, _scan.Dimensions);
            lost = _scan.Score(question, scores.Values, looksAtAll);
        }

        return (scores, lost);
    }
}
