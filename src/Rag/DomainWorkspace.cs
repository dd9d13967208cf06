using Microsoft.Extensions.AI;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Reranking;
using Tessera.Sdk;

namespace Tessera.Rag;

/// <summary>One domain, ready to work for one tenant. Cheap to make; safe for concurrent use.</summary>
/// <param name="Tenant">Whose documents.</param>
/// <param name="Roles">The domain's profile and roles.</param>
/// <param name="Store">The tenant's chunks of this domain.</param>
public sealed record DomainWorkspace(TenantId Tenant, DomainRoles Roles, IChunkStore Store)
{
    /// <summary>Rents the chat model that writes answers, for one answer at a time; null: answers quote.</summary>
    public Func<CancellationToken, ValueTask<RentedChat>>? Chat { get; init; }

    /// <summary>A cross-encoder that reads the first passages of a search again; null: the ranker's order stands.</summary>
    public PassageScorer? Scorer { get; init; }

    /// <summary>The embedding model; null: search is lexical.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Embedder { get; init; }
}
