using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>A set's corpus in an index: which chunk is which line.</summary>
internal sealed class ScratchCorpus
{
    private readonly Dictionary<string, DocumentId> _documents = [];
    private readonly Dictionary<DocumentId, List<string>> _ids = [];

    /// <summary>Writes every line as a chunk; lines that name no document are one document together.</summary>
    public static async Task<ScratchCorpus> IndexAsync(BeirFolder set, IChunkStore store, CancellationToken cancellationToken)
    {
        var corpus = new ScratchCorpus();
        var chunks = new Dictionary<DocumentId, List<EmbeddedChunk>>();
        await foreach (var line in set.ReadCorpusAsync(cancellationToken).ConfigureAwait(false))
        {
            var document = corpus.DocumentOf(line.Document ?? "");
            var siblings = chunks.TryGetValue(document, out var known) ? known : chunks[document] = [];
            var start = siblings.Count == 0 ? 0 : siblings[^1].Chunk.End;
            siblings.Add(new EmbeddedChunk(
                new Chunk(document, siblings.Count, line.Text, line.Title, null, start, start + line.Text.Length)));
            corpus._ids[document].Add(line.Id);
        }

        await store.EnsureCreatedAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (document, siblings) in chunks)
        {
            await store.UpsertAsync(new StoredDocument(document, ""), 1, siblings, cancellationToken).ConfigureAwait(false);
        }

        return corpus;
    }

    /// <summary>The line that a chunk was made from.</summary>
    public string IdOf(Chunk chunk) => _ids[chunk.Document][chunk.Ordinal];

    /// <summary>Limits a search to one document; nothing matches where the corpus has no such document.</summary>
    public SearchFilter FilterOf(string document) => new() { Documents = [DocumentOf(document)] };

    // Ids count up, so that ties are broken by place in the corpus and every run is the same.
    private DocumentId DocumentOf(string name)
    {
        if (!_documents.TryGetValue(name, out var id))
        {
            _documents[name] = id = new DocumentId(new Guid(_documents.Count + 1, 0, 0, new byte[8]));
            _ids[id] = [];
        }

        return id;
    }
}
