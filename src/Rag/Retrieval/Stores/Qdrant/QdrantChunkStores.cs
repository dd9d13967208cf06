using System.Collections.Concurrent;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Stores.Shared;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>
/// Chunks in a Qdrant server, over its REST interface, shared by any number of hosts: a collection for each domain and embedding model, in it all
/// tenants' points, each told by its tenant. Opening costs nothing.
/// </summary>
public sealed class QdrantChunkStores : IChunkStores, IDisposable
{
    private readonly OpenStores<CollectionKey, SharedChunkStore> _stores = new();
    private readonly ConcurrentDictionary<string, QdrantCollection> _collections = [];
    private readonly QdrantConnection _connection;
    private readonly IndexMemory _memory;
    private readonly TimeProvider _clock;
    private readonly string _prefix;

    /// <summary>Stores on one server.</summary>
    /// <param name="server">How it is reached.</param>
    /// <param name="options">How much memory the lexical indexes may take.</param>
    /// <param name="clock">Tells which are unused, and times retries.</param>
    /// <param name="handler">Sends the requests, and is disposed with the stores; null: the usual one.</param>
    public QdrantChunkStores(QdrantOptions server, ChunkStoresOptions? options = null, TimeProvider? clock = null, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        _clock = clock ?? TimeProvider.System;
        _connection = new QdrantConnection(server, handler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, _clock);
        _memory = new IndexMemory(options ?? new ChunkStoresOptions(), _clock);
        _prefix = server.Prefix;
        Snapshots = new QdrantSnapshots(_connection, _prefix);
    }

    /// <summary>Copies of whole collections.</summary>
    public QdrantSnapshots Snapshots { get; }

    /// <inheritdoc />
    public long IndexBytes => _memory.Bytes;

    /// <inheritdoc />
    public Task ReachAsync(CancellationToken cancellationToken) => QdrantSnapshots.CollectionsAsync(_connection, _prefix, cancellationToken);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The domain's id is none, or the model's hash is not known yet.</exception>
    public IChunkStore Open(TenantId tenant, DomainProfile domain, ModelRef? embeddingModel)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var key = CollectionKey.Of(tenant, domain.Id, embeddingModel);
        var analyzer = TextAnalyzer.For(domain.Analysis);
        return _stores.Open(key, analyzer, () => new SharedChunkStore(new QdrantChunkServer(Collection(NameOf(key)), tenant, analyzer, _clock), analyzer, _memory));
    }

    /// <inheritdoc />
    public Task DropAsync(TenantId tenant, string? domain, CancellationToken cancellationToken) =>
        DropAsync(tenant, domain is null ? null : CollectionKey.Checked(domain), [], cancellationToken);

    /// <inheritdoc />
    public async Task DropExceptAsync(TenantId tenant, string domain, IReadOnlyList<ModelRef?> kept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var names = kept.Select(model => NameOf(CollectionKey.Of(tenant, domain, model))).ToArray();
        await DropAsync(tenant, CollectionKey.Checked(domain), names, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stores.Dispose();
        _memory.Dispose();
        _connection.Dispose();
    }

    // No domain's id has the character that the model's hash comes behind.
    private string NameOf(CollectionKey key) => $"{_prefix}_{key.Domain}" + (key.Model.Length == 0 ? "" : $"_{key.Model}");

    private QdrantCollection Collection(string name) => _collections.GetOrAdd(name, x => new QdrantCollection(_connection, x));

    private async Task DropAsync(TenantId tenant, string? domain, string[] kept, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var name in await QdrantSnapshots.CollectionsAsync(_connection, _prefix, cancellationToken).ConfigureAwait(false))
        {
            if ((domain is null || name == $"{_prefix}_{domain}" || name.StartsWith($"{_prefix}_{domain}_", StringComparison.Ordinal)) && !kept.Contains(name))
            {
                await Collection(name).DeleteAsync(QdrantFilter.Of(tenant), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
