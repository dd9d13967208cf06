using Tessera.Rag.Retrieval.Lexical;
using System.Numerics.Tensors;
using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>All signals of all slots of one search; 0 for slots that it may not find.</summary>
internal sealed class SlotSignals : IDisposable
{
    // Less than this share of the greatest likeness there can be is chance: it alone makes no chunk worth finding.
    private const float LeastLikeness = 0.2f;

    private readonly SlotScores _words;
    private readonly SlotScores _grams;
    private readonly SlotScores _titles;
    private readonly SlotScores _documents;
    private readonly SlotScores _promised;
    private readonly SlotScores _vectors;

    /// <summary>Takes the scores over: they are given back with it.</summary>
    public SlotSignals(
        SlotScores words, SlotScores grams, SlotScores titles, SlotScores documents, SlotScores promised, SlotScores vectors, FoundSlots found)
    {
        (_words, _grams, _titles, _documents, _promised, _vectors) = (words, grams, titles, documents, promised, vectors);
        Scale = new Signals(Share(words), Share(grams), Share(titles), Share(documents), Share(promised), Share(vectors));
        Scale = Scale with { Vector = found.VectorDeviation is { } known ? 1 / known : 1 / MathF.Sqrt((1 / (Scale.Vector * Scale.Vector)) + found.VectorLost) };

        float Share(SlotScores scores)
        {
            if (found.Wanted is { } wanted)
            {
                scores.MultiplyBy(wanted);
            }

            return 1 / scores.Deviation(found.Count);
        }
    }

    /// <summary>What each signal is multiplied by, to be in deviations over the slots that may be found.</summary>
    public Signals Scale { get; }

    /// <summary>A slot's signals as they were measured.</summary>
    public Signals At(int slot) => new(_words[slot], _grams[slot], _titles[slot], _documents[slot], _promised[slot], _vectors[slot]);

    /// <summary>Offers each slot that anything speaks for, with what makes it a candidate.</summary>
    public void OfferTo(BestSlots best)
    {
        var weights = Scale.Times(CandidateScore.Choosing);
        Span<float> block = stackalloc float[2 * SlotScores.Block];
        for (var first = 0; first < _words.Values.Length; first += _words.CountAt(first))
        {
            var sums = block[.._words.CountAt(first)];
            sums.Clear();
            Add(_words, weights.Words, first, sums);
            Add(_grams, weights.Grams, first, sums);
            Add(_titles, weights.Title, first, sums);
            Add(_documents, weights.Document, first, sums);
            Add(_promised, weights.Promised, first, sums);
            Add(_vectors, weights.Vector, first, sums);
            for (var i = TensorPrimitives.Max<float>(sums) < best.Least ? sums.Length : 0; i < sums.Length; i++)
            {
                if (sums[i] >= best.Least && Speaks(first + i))
                {
                    best.Offer(first + i, sums[i]);
                }
            }
        }
    }

    public void Dispose()
    {
        _words.Dispose();
        _grams.Dispose();
        _titles.Dispose();
        _documents.Dispose();
        _promised.Dispose();
        _vectors.Dispose();
    }

    private static void Add(SlotScores scores, float weight, int first, Span<float> to) =>
        TensorPrimitives.MultiplyAddEstimate(scores.Values.Slice(first, to.Length), weight, to, to);

    // Whether anything of the slot itself speaks for it: titles are among its words, and a document's words are not its own.
    private bool Speaks(int slot) => _words[slot] > 0 || _grams[slot] > 0 || _promised[slot] > 0 || _vectors[slot] > LeastLikeness;
}
