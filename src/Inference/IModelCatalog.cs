using Microsoft.Extensions.AI;

namespace Tessera.Inference;

/// <summary>
/// Models that run in this process: loaded at the first use, shared by all who rent them, unloaded when idle or when another one needs
/// their memory. Safe for concurrent use.
/// </summary>
public interface IModelCatalog
{
    /// <summary>A chat client of one owner. It knows <see cref="Sdk.ChatModelInfo"/> and <see cref="Sdk.IPromptMeter"/>, and keeps a <see cref="Sdk.QuoteLock"/>.</summary>
    /// <param name="model">The base model.</param>
    /// <param name="adapter">Applied to this client's requests only; null: the bare model.</param>
    /// <param name="owner">Whose requests they are.</param>
    /// <param name="cancellationToken">Stops the waiting; a load that others wait for goes on.</param>
    /// <exception cref="ModelException">The file cannot be run, the adapter is for another base, or it does not fit into the memory budget.</exception>
    ValueTask<ModelLease<IChatClient>> RentChatAsync(ModelFile model, AdapterFile? adapter, PromptOwner owner, CancellationToken cancellationToken);

    /// <summary>An embedding model. Vectors have length 1.</summary>
    /// <exception cref="ModelException">As for a chat model.</exception>
    ValueTask<ModelLease<IEmbeddingGenerator<string, Embedding<float>>>> RentEmbedderAsync(ModelFile model, CancellationToken cancellationToken);

    /// <summary>A cross-encoder (pooling <c>rank</c>).</summary>
    /// <exception cref="ModelException">As for a chat model.</exception>
    ValueTask<ModelLease<IReranker>> RentRerankerAsync(ModelFile model, CancellationToken cancellationToken);
}
