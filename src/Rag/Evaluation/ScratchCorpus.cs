using System.Globalization;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>A set's corpus in an index: which chunk is which line.</summary>
internal sealed class ScratchCorpus
{
    private readonly Dictionary<string, DocumentId> _documents = [];
    private readonly Dictionary<DocumentId, List<string>> _ids = [];
    private readonly Dictionary<string, Chunk> _chunks = [];
    private readonly Dictionary<DocumentId, List<Chunk>> _texts = [];

    /// <summary>Writes every line as a chunk. Lines that name no document belong to the one that their title is of; those without a title stand together.</summary>
    public static async Task<ScratchCorpus> IndexAsync(BeirFolder set, DomainWorkspace workspace, CancellationToken cancellationToken)
    {
        var corpus = new ScratchCorpus();
        var chunks = new Dictionary<DocumentId, List<Chunk>>();
        await foreach (var line in set.ReadCorpusAsync(cancellationToken).ConfigureAwait(false))
        {
            var document = corpus.DocumentOf(line.Document ?? line.Title);
            var siblings = chunks.TryGetValue(document, out var known) ? known : chunks[document] = [];
            var start = line.Start ?? (siblings.Count == 0 ? 0 : siblings[^1].End);
            var chunk = new Chunk(document, siblings.Count, line.Text, line.Title, null, start, start + line.Text.Length);
            siblings.Add(chunk);
            corpus._ids[document].Add(line.Id);
            if (!corpus._chunks.TryAdd(line.Id, chunk))
            {
                throw new EvaluationDataException($"{set.Name}: two lines of corpus.jsonl have the _id '{line.Id}'. Give each its own.");
            }
        }

        await workspace.Store.EnsureCreatedAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (document, siblings) in chunks)
        {
            corpus._texts[document] = siblings;
            var enriched = workspace.Roles.Enrichers.Aggregate(
                siblings.ToAsyncEnumerable(), (chunks, enricher) => enricher.EnrichAsync(chunks, cancellationToken));
            var known = await enriched.ToListAsync(cancellationToken).ConfigureAwait(false);
            var embedded = await EmbeddingStage.EmbedAsync(workspace.Embedder, known, cancellationToken).ConfigureAwait(false);
            await workspace.Store.UpsertAsync(new StoredDocument(document, ""), 1, embedded, cancellationToken).ConfigureAwait(false);
        }

        return corpus;
    }

    /// <summary>Takes in what the pipeline made of a document; its chunks are named by the document and their number, from 1.</summary>
    public void Add(string document, IReadOnlyList<Chunk> chunks)
    {
        var id = DocumentOf(document);
        _texts[id] = [.. chunks];
        foreach (var chunk in chunks)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{document}#{chunk.Ordinal + 1}");
            _ids[id].Add(line);
            _chunks[line] = chunk;
        }
    }

    /// <summary>Whether there is such a line.</summary>
    public bool Has(string id) => _chunks.ContainsKey(id);

    /// <summary>The line that a chunk was made from.</summary>
    public string IdOf(Chunk chunk) => _ids[chunk.Document][chunk.Ordinal];

    /// <summary>A document's chunks in order, by its name.</summary>
    public IReadOnlyList<Chunk> ChunksOf(string document) => _texts[DocumentOf(document)];

    /// <summary>A stretch of a document, by the document's name.</summary>
    public GoldSpan SpanOf(string document, int start, int end) => new(DocumentOf(document), start, end);

    /// <summary>Where a text stands in a line of the corpus.</summary>
    public IEnumerable<GoldSpan> Find(string id, string text)
    {
        if (text.Length == 0 || !_chunks.TryGetValue(id, out var chunk))
        {
            yield break;
        }

        for (var at = 0; (at = chunk.Text.IndexOf(text, at, StringComparison.Ordinal)) >= 0; at += text.Length)
        {
            yield return new GoldSpan(chunk.Document, chunk.Start + at, chunk.Start + at + text.Length);
        }
    }

    /// <summary>Whether a citation's quote is what the corpus says at its place.</summary>
    public bool Holds(Citation citation) => _texts.TryGetValue(citation.Document, out var chunks)
        && chunks.Exists(chunk => chunk.Start <= citation.Start && citation.End <= chunk.End
            && chunk.Text.AsSpan(citation.Start - chunk.Start, citation.End - citation.Start).SequenceEqual(citation.Quote));

    /// <summary>Limits a search to one document; nothing matches where the corpus has no such document.</summary>
    public SearchFilter FilterOf(string document) => new() { Documents = [DocumentOf(document)] };

    /// <summary>A document's id by its name; they count up, so that ties are broken by place in the corpus and every run is the same.</summary>
    public DocumentId DocumentOf(string name)
    {
        if (!_documents.TryGetValue(name, out var id))
        {
            _documents[name] = id = new DocumentId(new Guid(_documents.Count + 1, 0, 0, new byte[8]));
            _ids[id] = [];
        }

        return id;
    }
}
