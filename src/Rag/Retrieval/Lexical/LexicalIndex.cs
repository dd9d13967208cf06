using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>
/// The terms of a store's visible chunks in memory. Changes and searches are kept apart by the caller. Chunks stand in slots, in the
/// order they were added; those of a removed revision stay behind, unfound and uncounted, until the index is made anew.
/// </summary>
internal sealed class LexicalIndex
{
    private const int ToleratedDeadSlots = 4096;

    private readonly Dictionary<ulong, PostingList> _terms = [];
    private readonly Dictionary<DocumentId, int> _numbers = [];
    private readonly List<IndexedRevision?> _revisions = [];
    private readonly List<int> _firstSlots = [];
    private int[] _slotRevisions = [];
    private int[] _slotLengths = [];
    private int _slots;
    private int _chunks;
    private long _length;
    private long _postingBytes;

    /// <summary>How many transactions had changed the rows that it was made from.</summary>
    public long Generation { get; private set; }

    /// <summary>Bytes of memory held, about.</summary>
    public long Size =>
        _postingBytes + (_terms.Capacity * 44L) + (_slotRevisions.Length * 8L) + (_revisions.Count * 200L);

    /// <summary>Whether most of it is removed chunks.</summary>
    public bool IsWorn => _slots - _chunks > Math.Max(ToleratedDeadSlots, _chunks);

    /// <summary>The same index, now that of another generation.</summary>
    public LexicalIndex At(long generation)
    {
        Generation = generation;
        return this;
    }

    /// <summary>The document's visible revision, or null.</summary>
    public IndexedRevision? Find(DocumentId document) =>
        _numbers.TryGetValue(document, out var number) ? _revisions[number] : null;

    /// <summary>Makes a revision searchable whose document has none in the index.</summary>
    public void Add(IndexedRevision revision, RevisionTermsReader terms)
    {
        var number = _revisions.Count;
        _numbers.Add(revision.Document.Id, number);
        _revisions.Add(revision);
        _firstSlots.Add(_slots);
        var first = _slots;
        foreach (var length in terms.Lengths)
        {
            AddSlot(number, length);
        }

        while (terms.NextTerm(out var key, out _))
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, key, out var exists);
            _postingBytes -= list.Capacity;
            while (terms.NextPlace(out var chunk, out var times))
            {
                list.Add(first + chunk, times);
            }

            _postingBytes += list.Capacity + (exists ? 0 : 24);
        }
    }

    /// <summary>Removes the document's visible revision; does nothing where there is none.</summary>
    /// <param name="document">The document.</param>
    /// <param name="terms">The terms that the revision was added with.</param>
    public void Remove(DocumentId document, RevisionTermsReader terms)
    {
        if (!_numbers.Remove(document, out var number))
        {
            return;
        }

        _revisions[number] = null;
        _chunks -= terms.Lengths.Length;
        foreach (var length in terms.Lengths)
        {
            _length -= length;
        }

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

    /// <summary>A term's inverse document frequency.</summary>
    public double Weigh(ulong key) => Bm25.InverseFrequency(_chunks, _terms.TryGetValue(key, out var list) ? list.Count : 0);

    /// <summary>The best chunks, best first; equal scores by document id, then by chunk.</summary>
    public IReadOnlyList<Hit> Search(
        IReadOnlyList<KeyValuePair<ulong, double>> terms, int top, SearchFilter? filter, CancellationToken cancellationToken)
    {
        using var scores = new SlotScores(_slots);
        var norm = Bm25.LengthNorm((double)_length / Math.Max(1, _chunks));
        foreach (var (key, weight) in terms)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ref var list = ref CollectionsMarshal.GetValueRefOrNullRef(_terms, key);
            if (!Unsafe.IsNullRef(ref list))
            {
                var worth = (float)(weight * Bm25.InverseFrequency(_chunks, list.Count));
                scores.Add(list.Bytes, worth, norm, _slotLengths);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        var best = scores.Best(top, _slotRevisions, Allowed(filter), Compare);
        return Array.ConvertAll(best, found => Hit(found.Slot, found.Score));
    }

    private Hit Hit(int slot, float score)
    {
        var number = _slotRevisions[slot];
        return new Hit(_revisions[number]!, slot - _firstSlots[number], score);
    }

    private bool[] Allowed(SearchFilter? filter)
    {
        var ready = filter is null ? null : new DocumentFilter(filter);
        var allowed = new bool[_revisions.Count];
        for (var i = 0; i < allowed.Length; i++)
        {
            allowed[i] = _revisions[i] is { } revision && ready?.Matches(revision.Document) != false;
        }

        return allowed;
    }

    private int Compare(int slot, int other)
    {
        var (number, otherNumber) = (_slotRevisions[slot], _slotRevisions[other]);
        return number == otherNumber
            ? slot.CompareTo(other)
            : _revisions[number]!.Document.Id.Value.CompareTo(_revisions[otherNumber]!.Document.Id.Value);
    }

    private void AddSlot(int number, int length)
    {
        if (_slots == _slotRevisions.Length)
        {
            Array.Resize(ref _slotRevisions, Math.Max(256, _slots + (_slots / 2)));
            Array.Resize(ref _slotLengths, _slotRevisions.Length);
        }

        _slotRevisions[_slots] = number;
        _slotLengths[_slots] = length;
        _slots++;
        _chunks++;
        _length += length;
    }
}
