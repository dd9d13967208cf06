namespace Tessera.Sdk;

/// <summary>
/// Cuts a document into chunks. Safe for concurrent use. Every chunk's text equals the document's text at its offsets
/// (sections joined by <see cref="Section.Joint"/>; a chunk may span sections); ordinals count from 0 without gaps; text that matters is in at least one chunk.
/// </summary>
public interface IChunker
{
    /// <summary>Streams the chunks in the document's order, without waiting for the last section where it can.</summary>
    /// <param name="document">The document that the chunks belong to.</param>
    /// <param name="sections">Its sections in order.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    IAsyncEnumerable<Chunk> ChunkAsync(
        SourceDocument document, IAsyncEnumerable<Section> sections, CancellationToken cancellationToken);
}
