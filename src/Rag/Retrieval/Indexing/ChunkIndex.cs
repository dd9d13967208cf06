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

    private readonly LexicalField _words = new(Bm25.Reference);
    private readonly LexicalField _titles = new(new Bm25(1.2, 0.3));
    private readonly LexicalField _grams = new(new Bm25(1.2, 0.75));
    private readonly VectorField _vectors = new();
    private readonly Dictionary<DocumentId, int> _numbers = [];
    private readonly List<IndexedRevision?> _revisions = [];
    private readonly List<int> _firstSlots = [];
    private int[] _slotRevisions = [];
    private int _slots;
    private int _chunks;

    /// <summary>How many transactions had changed the rows that it was made from.</summary>
    public long Generation { get; private set; }

    /// <summary>Bytes of memory held, about.</summary>
    public long Size => _words.Size + _titles.Size + _grams.Size + _vectors.Size + (_slotRevisions.Length * 4L) + (_revisions.Count * 200L);

    /// <summary>Whether most of it is removed chunks.</summary>
    public bool IsWorn => _slots - _chunks > Math.Max(ToleratedDeadSlots, _chunks);

    /// <summary>The same index, now that of another generation.</summary>
    public ChunkIndex At(long generation)
    {
        Generation = generation;
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
        _revisions.Add(revision);
        _firstSlots.Add(_slots);
        var words = fields.Words;
        AddSlots(number, words.Lengths.Length);
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

        _revisions[number] = null;
        var words = fields.Words;
        _chunks -= words.Lengths.Length;
        _words.Remove(_firstSlots[number], words);
        _titles.Remove(_firstSlots[number], fields.Titles);
        _grams.Remove(_firstSlots[number], fields.Grams);
    }

    /// <summary>A word's inverse document frequency.</summary>
    public double Weigh(ulong key) => _words.Weigh(key);

    /// <summary>The most promising chunks, best first; equal ones by document id, then by chunk.</summary>
    public IReadOnlyList<Hit> Search(QuestionTerms question, int top, SearchFilter? filter, CancellationToken cancellationToken)
    {
        var visible = Allowed(null);
        var allowed = filter is null ? visible : Allowed(filter);
        using var wanted = OfSlots(Array.ConvertAll(allowed, x => x ? 1f : 0));
        using var signals = new SlotSignals(
            _words.Score(question.Words, cancellationToken),
            _grams.Score(question.Grams, cancellationToken),
            _titles.Score(question.Words, cancellationToken),
            OfSlots(_words.ScoreRevisions(question.Words, _slotRevisions, visible, cancellationToken)),
            _words.Translate(question, cancellationToken),
            _vectors.Score(question.Vector.Span),
            wanted);
        cancellationToken.ThrowIfCancellationRequested();

        using var scores = new SlotScores(_slots);
        signals.AddTo(scores);
        var best = new BestSlots(top, Compare);
        for (var slot = 0; slot < _slots; slot++)
        {
            if (scores[slot] >= best.Least && signals.Speaks(slot))
            {
                best.Offer(slot, scores[slot]);
            }
        }

        return Array.ConvertAll(best.Take(), found => Hit(found.Slot, found.Score, signals));
    }

    private Hit Hit(int slot, float score, SlotSignals signals)
    {
        var (number, measured) = (_slotRevisions[slot], signals.At(slot));
        return new Hit(_revisions[number]!, slot - _firstSlots[number], score, measured, measured.Times(signals.Scale));
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
