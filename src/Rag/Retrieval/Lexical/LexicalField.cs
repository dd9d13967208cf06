using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>The terms of one field of all chunks. Changes and searches are kept apart by the caller.</summary>
internal sealed class LexicalField(Bm25 measure)
{
    // A chunk may be promised as many times what is usual as there are chunks: the product of more would be too large for a float.
    private const int MostFactors = 4;

    private readonly Dictionary<ulong, PostingList> _terms = [];
    private int[] _slotLengths = [];
    private float[] _slotMasses = [];
    private SlotShares? _shares;
    private int _slots;
    private int _chunks;
    private long _length;
    private long _postingBytes;

    /// <summary>Bytes of memory held, about.</summary>
    public long Size => _postingBytes + (_terms.Capacity * 44L) + (_slotLengths.Length * 12L);

    /// <summary>Adds a revision's chunks in the next slots.</summary>
    public void Add(RevisionTermsReader terms)
    {
        var first = _slots;
        foreach (var length in terms.Lengths)
        {
            AddSlot(length);
        }

        while (terms.NextTerm(out var key, out _))
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, key, out var exists);
            _postingBytes -= list.Capacity;
            while (terms.NextPlace(out var chunk, out var times))
            {
                list.Add(first + chunk, times);
                _slotMasses[first + chunk] += PassageShare.Mass(times);
            }

            _postingBytes += list.Capacity + (exists ? 0 : 24);
        }

        _shares = null;
    }

    /// <summary>Forgets a revision's chunks; their slots stay behind.</summary>
    /// <param name="first">The first of its slots.</param>
    /// <param name="terms">The terms that the revision was added with.</param>
    public void Remove(int first, RevisionTermsReader terms)
    {
        Remove(first, terms.Lengths.Length);
        while (terms.NextTerm(out var key, out var count))
        {
            while (terms.NextPlace(out _, out _))
            {
            }

            ref var list = ref CollectionsMarshal.GetValueRefOrNullRef(_terms, key);
            list.Forget(count);
            if (list.Count == 0)
            {
                _postingBytes -= list.Capacity + 24;
                _terms.Remove(key);
            }
        }
    }

    /// <summary>Forgets chunks whose terms nobody knows any more: they are counted as chunks that have them until <see cref="Sweep"/>.</summary>
    /// <param name="first">The first slot.</param>
    /// <param name="count">How many.</param>
    public void Remove(int first, int count)
    {
        _slotMasses.AsSpan(first, count).Fill(float.PositiveInfinity);
        _shares = null;
        _chunks -= count;
        foreach (var length in _slotLengths.AsSpan(first, count))
        {
            _length -= length;
        }
    }

    /// <summary>Counts removed chunks no longer as some that have their terms.</summary>
    /// <param name="removed">For each slot whether it was removed and not swept yet.</param>
    public void Sweep(bool[] removed)
    {
        foreach (var key in _terms.Keys.ToList())
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrNullRef(_terms, key);
            var gone = 0;
            var reader = new PostingReader(list.Bytes);
            while (reader.Next(out var slot, out _))
            {
                gone += removed[slot] ? 1 : 0;
            }

            list.Forget(gone);
            if (list.Count == 0)
            {
                _postingBytes -= list.Capacity + 24;
                _terms.Remove(key);
            }
        }
    }

    /// <summary>A term's inverse document frequency.</summary>
    public double Weigh(ulong key) => _terms.TryGetValue(key, out var list) ? WorthOf(list) : Bm25.InverseFrequency(_chunks, 0);

    /// <summary>Scores every slot.</summary>
    public SlotScores Score(IReadOnlyList<KeyValuePair<ulong, double>> terms, CancellationToken cancellationToken)
    {
        var scores = new SlotScores(_slots);
        var norm = measure.LengthNorm((double)_length / Math.Max(1, _chunks));
        foreach (var (key, weight) in terms)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ref var list = ref CollectionsMarshal.GetValueRefOrNullRef(_terms, key);
            if (!Unsafe.IsNullRef(ref list))
            {
                scores.Add(list.Bytes, (float)(weight * WorthOf(list)), norm, _slotLengths);
            }
        }

        return scores;
    }

    /// <summary>
    /// Scores every slot by what its words promise of the question: the sum over its words q of ln(1 + (1-l)/l * x(q) / mean of x(q)), where
    /// x(q) = (1-b) * sum over w of t(q|w) p(w|d) + b * p(q|d), l is <see cref="TranslationSettings.Smoothing"/> and b <see cref="TranslationSettings.Own"/>. A word that the domain
    /// adds counts its weight, and only where it stands.
    /// </summary>
    public SlotScores Translate(QuestionTerms question, CancellationToken cancellationToken)
    {
        var scores = new SlotScores(_slots);
        if (question.Translation is not { } model)
        {
            return scores;
        }

        // Made again after a change, or where another model has another power.
        var shares = _shares is { } made && made.Power == model.LengthPower ? made : _shares = SlotShares.Of(_slotMasses.AsSpan(0, _slots), model.LengthPower);
        var settings = new TranslationSettings();
        var scale = (float)((1 - settings.Smoothing) / settings.Smoothing);
        using var promised = new SlotScores(_slots);
        using var product = new SlotScores(_slots);
        product.Values.Fill(1);
        var factors = 0;
        foreach (var word in question.Asked.Select(term => term.Key).Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddShares(promised, word, (float)settings.Own);
            foreach (var (other, probability) in model.PromisesOf(word))
            {
                AddShares(promised, other, (float)(1 - settings.Own) * probability);
            }

            product.MultiplyByPromised(promised, shares.Values, scale, _chunks);
            if (++factors % MostFactors == 0)
            {
                scores.AddLog(product);
            }
        }

        scores.AddLog(product);
        foreach (var (word, weight) in question.Meant)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ref var list = ref CollectionsMarshal.GetValueRefOrNullRef(_terms, word);
            if (!Unsafe.IsNullRef(ref list))
            {
                scores.AddPromised(list.Bytes, shares.Values, scale, _chunks, (float)weight);
            }
        }

        return scores;
    }

    /// <summary>Scores documents as wholes, as if each were one chunk.</summary>
    /// <param name="terms">The question's.</param>
    /// <param name="revisions">Each slot's revision.</param>
    /// <param name="lengths">How many terms each revision has.</param>
    /// <param name="visible">For each revision whether it is seen.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A score a revision; 0 for those unseen.</returns>
    public float[] ScoreRevisions(
        IReadOnlyList<KeyValuePair<ulong, double>> terms, int[] revisions, IReadOnlyList<int> lengths, bool[] visible, CancellationToken cancellationToken)
    {
        var (times, scores) = (new int[visible.Length], new float[visible.Length]);
        var count = visible.Count(seen => seen);
        var norm = measure.LengthNorm((double)_length / Math.Max(1, count));
        foreach (var (key, weight) in terms)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ref var list = ref CollectionsMarshal.GetValueRefOrNullRef(_terms, key);
            if (Unsafe.IsNullRef(ref list))
            {
                continue;
            }

            Array.Clear(times);
            list.AddTo(times, revisions);
            var having = 0;
            for (var i = 0; i < times.Length; i++)
            {
                having += times[i] > 0 && visible[i] ? 1 : 0;
            }

            var worth = (float)(weight * Bm25.InverseFrequency(count, having));
            for (var i = 0; i < times.Length; i++)
            {
                scores[i] += times[i] > 0 && visible[i] ? worth * times[i] / (times[i] + norm.Fixed + (norm.PerTerm * lengths[i])) : 0;
            }
        }

        return scores;
    }

    // Before a sweep it may be counted for more chunks than there are.
    private double WorthOf(PostingList list) => Bm25.InverseFrequency(_chunks, Math.Min(list.Count, _chunks));

    private void AddShares(SlotScores scores, ulong word, float weight)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrNullRef(_terms, word);
        if (!Unsafe.IsNullRef(ref list))
        {
            scores.AddMasses(list.Bytes, weight);
        }
    }

    private void AddSlot(int length)
    {
        if (_slots == _slotLengths.Length)
        {
            Array.Resize(ref _slotLengths, Math.Max(256, _slots + (_slots / 2)));
            Array.Resize(ref _slotMasses, _slotLengths.Length);
        }

        _slotLengths[_slots++] = length;
        _chunks++;
        _length += length;
    }
}
