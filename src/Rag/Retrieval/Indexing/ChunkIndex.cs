using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>
/// The terms and vectors of a store's visible chunks in memory. Changes and searches are kept apart by the caller. Chunks stand in slots, in the
/// order they were added; those of a removed revision stay behind, unfound and uncounted, until the index is made anew.
/// </summary>
internal sealed class ChunkIndex
{
    private const int ToleratedDeadSlots = 4096;
    private const int LargeSlots = 200_000;
    private const long SmallSize = 4 << 20;

    private readonly LexicalField _words = new(Bm25.Reference);
    private readonly LexicalField _titles = new(new Bm25(1.2, 0.3));
    private readonly LexicalField _grams = new(new Bm25(1.2, 0.75));
    private readonly VectorField _vectors = new();
    private readonly Dictionary<DocumentId, int> _numbers = [];
    private readonly Dictionary<long, int> _rows = [];
    private readonly List<(int First, int Count)> _unswept = [];
    private readonly List<IndexedRevision?> _revisions = [];
    private readonly List<int> _firstSlots = [];
    private readonly List<int> _lengths = [];
    private int[] _slotRevisions = [];
    private int _slots;
    private int _chunks;

    /// <summary>The state of the rows that it was made from.</summary>
    public Stamp Stamp { get; private set; }

    /// <summary>How many transactions had changed the rows that it was made from.</summary>
    public long Generation => Stamp.Generation;

    /// <summary>Chunks that searches see.</summary>
    public int Chunks => _chunks;

    /// <summary>Some of the vectors, where they are kept elsewhere and were asked for; else null.</summary>
    public VectorSample? Sample { get; set; }

    /// <summary>Whether a search takes so long that none is made twice.</summary>
    public bool IsLarge => _slots > LargeSlots;

    /// <summary>Bytes of memory held, about.</summary>
    public long Size => _words.Size + _titles.Size + _grams.Size + _vectors.Size + (Sample?.Size ?? 0) + (_slotRevisions.Length * 4L) + (_revisions.Count * 230L);

    /// <summary>Whether most of it is removed chunks.</summary>
    public bool IsWorn => _slots - _chunks > Math.Max(ToleratedDeadSlots, _chunks);

    /// <summary>The same index, now that of another generation.</summary>
    public ChunkIndex At(long generation) => At(new Stamp(generation));

    /// <summary>The same index, now that of another state.</summary>
    public ChunkIndex At(Stamp stamp)
    {
        Stamp = stamp;
        return this;
    }

    /// <summary>The document's visible revision, or null.</summary>
    public IndexedRevision? Find(DocumentId document) =>
        _numbers.TryGetValue(document, out var number) ? _revisions[number] : null;

    /// <summary>Makes a revision searchable whose document has none in the index.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="fields">Its chunks' terms.</param>
    /// <param name="vectors">Their vectors, in the same order; an empty one where a chunk has none.</param>
    public void Add(IndexedRevision revision, RevisionFields fields, IEnumerable<ReadOnlyMemory<float>> vectors)
    {
        var number = _revisions.Count;
        _numbers.Add(revision.Document.Id, number);
        _rows.Add(revision.Row, number);
        _revisions.Add(revision);
        _firstSlots.Add(_slots);
        var words = fields.Words;
        AddSlots(number, words.Lengths.Length);
        _lengths.Add(words.Lengths.Sum());
        _words.Add(words);
        _titles.Add(fields.Titles);
        _grams.Add(fields.Grams);
        _vectors.Add(vectors);
    }

    /// <summary>Removes the document's visible revision; does nothing where there is none.</summary>
    /// <param name="document">The document.</param>
    /// <param name="fields">What the revision was added with.</param>
    public void Remove(DocumentId document, RevisionFields fields)
    {
        if (!_numbers.Remove(document, out var number))
        {
            return;
        }

        Hide(number);
        var words = fields.Words;
        _words.Remove(_firstSlots[number], words);
        _titles.Remove(_firstSlots[number], fields.Titles);
        _grams.Remove(_firstSlots[number], fields.Grams);
    }

    /// <summary>
    /// Removes the document's visible revision where nobody knows any more what it was added with; does nothing where there is none. Words that stood
    /// in it are counted for it until <see cref="Sweep"/>.
    /// </summary>
    public void Remove(DocumentId document)
    {
        if (_numbers.Remove(document, out var number))
        {
            var (first, count) = (_firstSlots[number], SlotsOf(number));
            Hide(number);
            _words.Remove(first, count);
            _titles.Remove(first, count);
            _grams.Remove(first, count);
            _unswept.Add((first, count));
        }
    }

    /// <summary>
    /// Takes what was removed out of the counts of words, which means to walk through all of them: at once where they are few, else when a hundredth
    /// of the chunks was removed. Until then no word counts for more than that hundredth too often.
    /// </summary>
    public void Sweep()
    {
        if (_unswept.Count == 0 || (Size > SmallSize && _unswept.Sum(x => x.Count) * 100L < _chunks))
        {
            return;
        }

        var removed = new bool[_slots];
        foreach (var (first, count) in _unswept)
        {
            removed.AsSpan(first, count).Fill(true);
        }

        _unswept.Clear();
        _words.Sweep(removed);
        _titles.Sweep(removed);
        _grams.Sweep(removed);
    }

    /// <summary>What a search may find.</summary>
    public SearchScope Scope(SearchFilter? filter)
    {
        var allowed = Allowed(filter);
        var (inside, outside, chunks) = (new List<long>(), new List<long>(), 0);
        for (var i = 0; i < allowed.Length; i++)
        {
            if (_revisions[i] is { } revision)
            {
                (allowed[i] ? inside : outside).Add(revision.Row);
                chunks += allowed[i] ? SlotsOf(i) : 0;
            }
        }

        var isInside = chunks <= SearchScope.Small || inside.Count <= outside.Count;
        return new SearchScope(chunks, isInside ? inside : outside, !isInside);
    }

    /// <summary>Where some visible chunks are stored, taken at random.</summary>
    public List<ChunkPlace> Pick(int count, Random random)
    {
        var places = new List<ChunkPlace>(count);
        for (var i = 0; i < count && _slots > 0; i++)
        {
            var slot = random.Next(_slots);
            if (_revisions[_slotRevisions[slot]] is { } revision)
            {
                places.Add(new ChunkPlace(revision.Row, slot - _firstSlots[_slotRevisions[slot]]));
            }
        }

        return places;
    }

    /// <summary>A word's inverse document frequency.</summary>
    public double Weigh(ulong key) => _words.Weigh(key);

    /// <summary>The most promising chunks, best first; equal ones by document id, then by chunk.</summary>
    public IReadOnlyList<Hit> Search(QuestionTerms question, int top, SearchFilter? filter, CancellationToken cancellationToken) =>
        Search(question, top, filter, null, cancellationToken);

    /// <summary>The same, where the vectors are not here.</summary>
    public IReadOnlyList<Hit> Search(QuestionTerms question, int top, SearchFilter? filter, NearVectors? near, CancellationToken cancellationToken)
    {
        var visible = Allowed(null);
        var allowed = filter is null ? visible : Allowed(filter);
        using var wanted = filter is null && _chunks == _slots ? null : OfSlots(Array.ConvertAll(allowed, x => x ? 1f : 0));
        var (likeness, lost) = near is null ? _vectors.Score(question.Vector.Span, looksAtAll: filter is not null) : (OfNear(near), 0);
        using var signals = new SlotSignals(
            _words.Score(question.Words, cancellationToken),
            _grams.Score(question.Grams, cancellationToken),
            _titles.Score(question.Words, cancellationToken),
            OfSlots(_words.ScoreRevisions(question.Words, _slotRevisions, _lengths, visible, cancellationToken)),
            _words.Translate(question, cancellationToken),
            likeness,
            new FoundSlots(CountOf(allowed), wanted, near?.Deviation, lost));
        cancellationToken.ThrowIfCancellationRequested();
        var best = new BestSlots(top, Compare);
        signals.OfferTo(best);
        return Array.ConvertAll(best.Take(), found => Hit(found.Slot, found.Score, signals));
    }

    private Hit Hit(int slot, float score, SlotSignals signals)
    {
        var number = _slotRevisions[slot];
        return new Hit(_revisions[number]!, slot - _firstSlots[number], score, signals.At(slot), signals.Scale);
    }

    private int CountOf(bool[] allowed)
    {
        var count = 0;
        for (var i = 0; i < allowed.Length; i++)
        {
            count += allowed[i] ? SlotsOf(i) : 0;
        }

        return count;
    }

    private SlotScores OfNear(NearVectors near)
    {
        var scores = new SlotScores(_slots);
        var values = scores.Values;
        foreach (var (place, likeness) in near.Chunks)
        {
            if (_rows.TryGetValue(place.Row, out var number) && place.Chunk < SlotsOf(number))
            {
                values[_firstSlots[number] + place.Chunk] = Math.Max(0, likeness);
            }
        }

        return scores;
    }

    private int SlotsOf(int number) => (number + 1 < _firstSlots.Count ? _firstSlots[number + 1] : _slots) - _firstSlots[number];

    private void Hide(int number)
    {
        _rows.Remove(_revisions[number]!.Row);
        _revisions[number] = null;
        _chunks -= SlotsOf(number);
    }

    private SlotScores OfSlots(float[] revisions)
    {
        var scores = new SlotScores(_slots);
        var values = scores.Values;
        for (var slot = 0; slot < values.Length; slot++)
        {
            values[slot] = revisions[_slotRevisions[slot]];
        }

        return scores;
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

    private void AddSlots(int number, int count)
    {
        if (_slots + count > _slotRevisions.Length)
        {
            Array.Resize(ref _slotRevisions, Math.Max(256, _slots + count + (_slots / 2)));
        }

        _slotRevisions.AsSpan(_slots, count).Fill(number);
        _slots += count;
        _chunks += count;
    }
}
