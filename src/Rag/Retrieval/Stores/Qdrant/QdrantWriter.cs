using System.Security.Cryptography;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>
/// Changes one tenant's collection. A revision's chunks come first and mean nothing yet; it is seen when its own point is there. What is deleted is
/// first told, then emptied, then its chunks go; whoever still finds one of them looks again.
/// </summary>
internal sealed class QdrantWriter(QdrantCollection collection, TenantId tenant, QdrantLog log)
{
    // Points that are sent at once: some hundred kilobytes.
    private const int Together = 100;
    private static readonly string[] Row = ["row"];
    private static readonly object IsRevision = QdrantFilter.Is("kind", "revision");
    private static readonly object IsChunk = QdrantFilter.Is("kind", "chunk");

    /// <summary>Writes a revision.</summary>
    public async Task WriteAsync(StoredDocument document, int number, IReadOnlyList<EmbeddedChunk> chunks, byte[] terms, CancellationToken cancellationToken)
    {
        await log.CreateAsync(cancellationToken).ConfigureAwait(false);
        if (chunks.FirstOrDefault(x => !x.Vector.IsEmpty) is { } first)
        {
            await collection.EnsureWidthAsync(first.Vector.Length, cancellationToken).ConfigureAwait(false);
        }

        // Random, so that no two hosts take the same; of 53 bits, which every JSON reader keeps.
        var row = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & ((1L << 53) - 1);
        var words = QdrantWords.Of(terms);
        foreach (var part in chunks.Index().Chunk(Together))
        {
            await collection.UpsertAsync([.. part.Select(x => Point(row, number, x.Index, x.Item, words[x.Index]))], insertOnly: false, cancellationToken).ConfigureAwait(false);
        }

        var generation = await log.PublishAsync(QdrantPoint.Revision(row, document, number, chunks.Count == 0 || !chunks[0].Vector.IsEmpty, terms), cancellationToken).ConfigureAwait(false);

        // From here on it is written; what it replaced goes even if nobody waits any more.
        var own = QdrantFilter.Is("row", row);
        object[] same = [QdrantFilter.Is("document", document.Id.Value), QdrantFilter.Is("revision", number)];
        if (await collection.CountAsync(QdrantFilter.Of(tenant, own, IsChunk), CancellationToken.None).ConfigureAwait(false) < chunks.Count)
        {
            await log.VoidAsync(QdrantFilter.Of(tenant, own, IsRevision), generation, CancellationToken.None).ConfigureAwait(false);
            throw new TransientException("The document was deleted while it was written.");
        }

        await log.VoidAsync(QdrantFilter.But(tenant, own, [.. same, IsRevision]), generation, CancellationToken.None).ConfigureAwait(false);
        await collection.DeleteAsync(QdrantFilter.But(tenant, own, [.. same, IsChunk]), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Deletes a document's revisions below a number.</summary>
    public async Task DeleteAsync(DocumentId document, int below, CancellationToken cancellationToken)
    {
        object[] these = [QdrantFilter.Is("document", document.Value), QdrantFilter.Below("revision", below)];
        var heads = QdrantFilter.Of(tenant, [.. these, IsRevision]);
        if ((await RowsAsync(heads, cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            var generation = await log.PublishAsync(new() { ["kind"] = "removal", ["document"] = document.Value }, cancellationToken).ConfigureAwait(false);
            var before = QdrantFilter.Of(tenant, [.. these, IsRevision, QdrantFilter.Below("generation", generation)]);
            await log.VoidAsync(before, generation, CancellationToken.None).ConfigureAwait(false);
        }

        // Also those that a stop left behind; not those of a revision that came meanwhile.
        var left = await RowsAsync(heads, cancellationToken).ConfigureAwait(false);
        await collection.DeleteAsync(QdrantFilter.But(tenant, QdrantFilter.Any("row", left), [.. these, IsChunk]), CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<List<long>> RowsAsync(object filter, CancellationToken cancellationToken)
    {
        var rows = new List<long>();
        await foreach (var point in collection.ScrollAsync(filter, Row, vectors: false, cancellationToken).ConfigureAwait(false))
        {
            rows.Add(point.GetProperty("payload").GetProperty("row").GetInt64());
        }

        return rows;
    }

    private object Point(long row, int revision, int number, EmbeddedChunk chunk, QdrantWords words)
    {
        var vectors = new Dictionary<string, object>();
        if (words.Indices.Count > 0)
        {
            vectors[QdrantCollection.Sparse] = words;
        }

        if (!chunk.Vector.IsEmpty)
        {
            vectors[QdrantCollection.Dense] = chunk.Vector;
        }

        return new { Id = QdrantPoint.IdOf(new ChunkPlace(row, number)), Vector = vectors, Payload = QdrantPoint.Chunk(tenant, row, revision, number, chunk.Chunk) };
    }
}
