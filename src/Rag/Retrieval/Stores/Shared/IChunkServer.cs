using Tessera.Rag.Retrieval.Indexing;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Shared;

/// <summary>
/// One collection's rows and vectors on a server that many hosts use. It knows nothing of words: it keeps a revision's terms as bytes. What is written
/// is seen by all hosts at once, a revision whole or not at all. Safe for concurrent use.
/// </summary>
internal interface IChunkServer
{
    /// <summary>Makes the collection where it is missing; where another version of the domain made its terms, makes them anew.</summary>
    /// <param name="create">False: a collection that is missing stays so.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task PrepareAsync(bool create, CancellationToken cancellationToken);

    /// <summary>Writes a revision, in place of itself where it is there.</summary>
    /// <param name="document">The document's filter fields.</param>
    /// <param name="number">Counts up from 1.</param>
    /// <param name="chunks">The chunks by their ordinals.</param>
    /// <param name="terms">Their terms.</param>
    /// <param name="cancellationToken">Stops the work; nothing is half-written.</param>
    /// <exception cref="TransientException">Another version of the domain has since made the terms another way.</exception>
    Task WriteAsync(StoredDocument document, int number, IReadOnlyList<EmbeddedChunk> chunks, byte[] terms, CancellationToken cancellationToken);

    /// <summary>Deletes a document's revisions below a number.</summary>
    Task DeleteAsync(DocumentId document, int below, CancellationToken cancellationToken);

    /// <summary>The collection's present state and, where vectors are asked for, what is near; null where there is no collection.</summary>
    Task<ServerLook?> LookAsync(VectorSearch? search, CancellationToken cancellationToken);

    /// <summary>
    /// Tells what an index of some state lacks: first a <see cref="CollectionChange.Standing"/>, then in any order what came and went. Nothing where
    /// there is no collection.
    /// </summary>
    Task ReadChangesAsync(Stamp since, Action<CollectionChange> tell, CancellationToken cancellationToken);

    /// <summary>What was found, in its order; null in place of what is not there any more.</summary>
    Task<IReadOnlyList<FoundChunk?>> FetchAsync(IReadOnlyList<Hit> hits, ReadOnlyMemory<float> question, CancellationToken cancellationToken);

    /// <summary>The vectors of some chunks, in their order; empty in place of those that have none.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<float>>> ReadVectorsAsync(IReadOnlyList<ChunkPlace> places, CancellationToken cancellationToken);

    /// <summary>See <see cref="IChunkStore.ReadAsync(DocumentId, int, int, CancellationToken)"/>.</summary>
    Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, int first, int count, CancellationToken cancellationToken);

    /// <summary>See <see cref="IChunkStore.ReadEmbeddedAsync"/>.</summary>
    Task<IReadOnlyList<EmbeddedChunk>> ReadEmbeddedAsync(DocumentId document, CancellationToken cancellationToken);

    /// <summary>See <see cref="IChunkStore.FindAsync"/>.</summary>
    Task<StoredDocument?> FindAsync(DocumentId document, CancellationToken cancellationToken);

    /// <summary>See <see cref="IChunkStore.ListAsync"/>.</summary>
    Task<IReadOnlyList<StoredRevision>> ListAsync(CancellationToken cancellationToken);
}
