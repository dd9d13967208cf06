namespace Tessera.Sdk;

/// <summary>Adds tags to chunks, or lengthens their paths. Text and offsets stay as they are. Safe for concurrent use.</summary>
public interface IChunkEnricher
{
    /// <summary>Streams the same chunks, in the same order.</summary>
    IAsyncEnumerable<Chunk> EnrichAsync(IAsyncEnumerable<Chunk> chunks, CancellationToken cancellationToken);
}
