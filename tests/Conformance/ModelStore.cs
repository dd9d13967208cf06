using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Conformance;

/// <summary>A store as the contract says it, without any cleverness: the truth that real stores are compared with.</summary>
internal sealed class ModelStore
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);

    private readonly Dictionary<DocumentId, SortedDictionary<int, (StoredDocument Document, Chunk[] Chunks)>> _documents = [];

    private IEnumerable<(StoredDocument Document, Chunk Chunk)> Visible =>
        from revisions in _documents.Values
        where revisions.Count > 0
        let newest = revisions.Last().Value
        from chunk in newest.Chunks
        select (newest.Document, chunk);

    public void Upsert(StoredDocument document, int revision, Chunk[] chunks)
    {
        _documents.TryAdd(document.Id, []);
        _documents[document.Id][revision] = (document, chunks);
    }

    public void Delete(DocumentId document, int below)
    {
        foreach (var revision in _documents.GetValueOrDefault(document)?.Keys.Where(x => x < below).ToList() ?? [])
        {
            _documents[document].Remove(revision);
        }
    }

    public IEnumerable<Chunk> Read(DocumentId document) => Visible.Where(x => x.Document.Id == document).Select(x => x.Chunk);

    public HashSet<StoredRevision> List() => [.. _documents.Where(x => x.Value.Count > 0)
        .Select(x => new StoredRevision(x.Key, x.Value.Last().Key, HasVectors: x.Value.Last().Value.Chunks.Length == 0))];

    public HashSet<Chunk> Matching(string query, SearchFilter? filter)
    {
        var words = Analyzer.Terms(query).ToHashSet();
        return [.. Visible.Where(x => words.Overlaps(Words(x)) && (filter is null || Fits(filter, x.Document))).Select(x => x.Chunk)];
    }

    public IEnumerable<double> Weigh(IReadOnlyList<string> words)
    {
        var chunks = Visible.Select(x => Words(x).ToHashSet()).ToList();
        return words.Select(word => chunks.Count(x => x.Contains(word)))
            .Select(having => Math.Log(1 + ((chunks.Count - having + .5) / (having + .5))));
    }

    private static IEnumerable<string> Words((StoredDocument Document, Chunk Chunk) x) =>
        Analyzer.Terms($"{x.Document.Name}\n{x.Chunk.Path}\n{x.Chunk.Text}");

    private static bool Fits(SearchFilter filter, StoredDocument document) =>
        Any(filter.Documents, x => x == document.Id)
        && Any(filter.Folders, x => x.Length == 0 || $"{document.Folder}/".StartsWith($"{x}/", StringComparison.Ordinal))
        && Any(filter.Tags, document.Tags.Contains)
        && Any(filter.Languages, x => string.Equals(x, document.Language, StringComparison.OrdinalIgnoreCase))
        && (filter.From is null || (document.Date is { } date && date >= filter.From))
        && (filter.To is null || (document.Date is { } day && day <= filter.To));

    private static bool Any<T>(IReadOnlyList<T> of, Func<T, bool> fits) => of.Count == 0 || of.Any(fits);
}
