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
    /// <param name="wanted">1 for each slot that may be found, else 0; not taken over.</param>
    /// <param name="deviation">That of the vectors' likeness, where not all of it is among the scores; else null.</param>
    public SlotSignals(
        SlotScores words, SlotScores grams, SlotScores titles, SlotScores documents, SlotScores promised, SlotScores vectors, SlotScores wanted, float? deviation)
    {
        var count = TensorPrimitives.Sum<float>(wanted.Values);
        (_words, _grams, _titles, _documents, _promised, _vectors) = (words, grams, titles, documents, promised, vectors);
        Scale = new Signals(Share(words), Share(grams), Share(titles), Share(documents), Share(promised), Share(vectors));

        if (deviation is { } known)
        {
            Scale = Scale with { Vector = 1 / known };
        }

        float Share(SlotScores scores)
        {
            scores.MultiplyBy(wanted);
            return 1 / scores.Deviation(count);
        }
    }

    /// <summary>What each signal is multiplied by, to be in deviations over the slots that may be found.</summary>
    public Signals Scale { get; }

    /// <summary>A slot's signals as they were measured.</summary>
    public Signals At(int slot) => new(_words[slot], _grams[slot], _titles[slot], _documents[slot], _promised[slot], _vectors[slot]);

    /// <summary>Whether anything of the slot itself speaks for it: titles are among its words, and a document's words are not its own.</summary>
    public bool Speaks(int slot) => _words[slot] > 0 || _grams[slot] > 0 || _promised[slot] > 0 || _vectors[slot] > LeastLikeness;

    /// <summary>What makes each slot a candidate.</summary>
    public void AddTo(SlotScores scores)
    {
        var weights = Scale.Times(CandidateScore.Choosing);
        scores.AddScaled(_words, weights.Words);
        scores.AddScaled(_grams, weights.Grams);
        scores.AddScaled(_titles, weights.Title);
        scores.AddScaled(_documents, weights.Document);
        scores.AddScaled(_promised, weights.Promised);
        scores.AddScaled(_vectors, weights.Vector);
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
}
