using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>
/// The chunks of one tenant and one domain in one vector space: opened for them, so no call can reach another's.
/// Safe for concurrent use. A search sees each document whole or not at all.
/// </summary>
public interface IChunkStore
{
    /// <summary>Makes what is missing; does nothing where all is there.</summary>
    Task EnsureCreatedAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes a document's chunks as one revision, in one transaction. Written again, the revision replaces itself.
    /// Older revisions stay, unseen by searches, until <see cref="DeleteAsync"/>.
    /// </summary>
    /// <param name="document">The document's filter fields, stored for each revision.</param>
    /// <param name="revision">Counts up from 1.</param>
    /// <param name="chunks">The chunks; may be empty.</param>
    /// <param name="cancellationToken">Stops the work; nothing is half-written.</param>
    Task UpsertAsync(
        StoredDocument document, int revision, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken);

    /// <summary>Deletes a document's revisions below the given one; <see cref="int.MaxValue"/> deletes them all.</summary>
    Task DeleteAsync(DocumentId document, int belowRevision, CancellationToken cancellationToken);

    /// <summary>Best first; never fewer than <c>Top</c> when that many chunks match filter and any term.</summary>
    Task<IReadOnlyList<Candidate>> SearchAsync(SearchRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// How much each word tells, in the order given: its idf, ln(1 + (N − df + 0.5) / (df + 0.5)) over all chunks that searches
    /// see. A word that no chunk holds tells most.
    /// </summary>
    /// <param name="words">Words as the domain's analysis makes them (<c>TextAnalyzer.Terms</c>).</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    Task<IReadOnlyList<double>> WeighAsync(IReadOnlyList<string> words, CancellationToken cancellationToken);

    /// <summary>The newest revision's chunks of one document, by ordinal; empty where there are none.</summary>
    Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, CancellationToken cancellationToken);

    /// <summary>Some of them: those numbered from <paramref name="first"/> on, at most <paramref name="count"/>; empty where there are none.</summary>
    /// <param name="document">Whose.</param>
    /// <param name="first">Ordinal of the first, 0 or more.</param>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, int first, int count, CancellationToken cancellationToken);

    /// <summary>The newest revision's chunks of one document with their vectors, as they were written, by ordinal; empty where there are none.</summary>
    Task<IReadOnlyList<EmbeddedChunk>> ReadEmbeddedAsync(DocumentId document, CancellationToken cancellationToken);

    /// <summary>The filter fields that the newest revision of one document was written with; null where there is none.</summary>
    Task<StoredDocument?> FindAsync(DocumentId document, CancellationToken cancellationToken);

    /// <summary>What is here of each document: its newest revision, in no order. Older ones that wait for their deletion are not told.</summary>
    Task<IReadOnlyList<StoredRevision>> ListAsync(CancellationToken cancellationToken);
}
