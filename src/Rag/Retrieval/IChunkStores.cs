using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>The door to chunk stores. Safe for concurrent use.</summary>
public interface IChunkStores
{
    /// <summary>Bytes of memory that indexes take in this process, about.</summary>
    long IndexBytes { get; }

    /// <summary>Asks whatever the chunks lie on whether it is there.</summary>
    /// <exception cref="TransientException">It does not answer just now, or cannot be written.</exception>
    /// <exception cref="PermanentException">It refuses to work.</exception>
    Task ReachAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The store of one tenant and one domain; the same instance while it is in use. The embedding model's hash is part of
    /// the collection's name, so two vector spaces never mix; null: a store without vectors.
    /// </summary>
    /// <param name="tenant">Whose chunks.</param>
    /// <param name="domain">The domain's profile: its id names the collection, its analysis makes the words.</param>
    /// <param name="embeddingModel">The model that makes the vectors, or null.</param>
    IChunkStore Open(TenantId tenant, DomainProfile domain, ModelRef? embeddingModel);

    /// <summary>Deletes everything of one tenant and domain, bytes included; all of the tenant's domains when null.</summary>
    Task DropAsync(TenantId tenant, string? domain, CancellationToken cancellationToken);

    /// <summary>Deletes every collection of one tenant and domain, bytes included, but those of the models that are named.</summary>
    /// <param name="tenant">Whose chunks.</param>
    /// <param name="domain">The domain's id.</param>
    /// <param name="kept">Their collections stay as they are; null among them: the one without vectors.</param>
    /// <param name="cancellationToken">Stops between two collections.</param>
    Task DropExceptAsync(TenantId tenant, string domain, IReadOnlyList<ModelRef?> kept, CancellationToken cancellationToken);
}
