using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>
/// One SQLite file for each tenant, domain and embedding model: <c>tenant/domain.db</c>, <c>tenant/domain.hash.db</c>. One process at a
/// time owns the folder. Opening costs nothing: files are made by the first write, indexes by the first search.
/// </summary>
public sealed class SqliteChunkStores : IChunkStores, IDisposable
{
    private readonly OpenStores<string, SqliteChunkStore> _stores = new();
    private readonly string _folder;
    private readonly IndexMemory _memory;

    /// <summary>Stores below a folder, which is made when it is needed.</summary>
    public SqliteChunkStores(string folder, ChunkStoresOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _folder = Path.GetFullPath(folder);
        _memory = new IndexMemory(options ?? new ChunkStoresOptions(), clock ?? TimeProvider.System);
    }

    /// <inheritdoc />
    public long IndexBytes => _memory.Bytes;

    /// <inheritdoc />
    public Task ReachAsync(CancellationToken cancellationToken)
    {
        WritableFolder.Require(_folder);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The domain's id cannot name a file, or the model's hash is not known yet.</exception>
    public IChunkStore Open(TenantId tenant, DomainProfile domain, ModelRef? embeddingModel)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var path = PathOf(tenant, domain.Id, embeddingModel);
        var analyzer = TextAnalyzer.For(domain.Analysis);
        return _stores.Open(path, analyzer, () => new SqliteChunkStore(new ChunkFile(path), analyzer, _memory));
    }

    /// <inheritdoc />
    public async Task DropAsync(TenantId tenant, string? domain, CancellationToken cancellationToken)
    {
        var folder = FolderOf(tenant);
        await DropAsync(PathsOf(folder, domain is null ? "*" : CollectionKey.Checked(domain)), cancellationToken).ConfigureAwait(false);
        if (domain is null && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc />
    public async Task DropExceptAsync(TenantId tenant, string domain, IReadOnlyList<ModelRef?> kept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var paths = kept.Select(model => PathOf(tenant, domain, model)).ToList();
        await DropAsync(PathsOf(FolderOf(tenant), CollectionKey.Checked(domain)).Except(paths), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stores.Dispose();
        _memory.Dispose();
    }

    private async Task DropAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var path in paths)
        {
            var store = _stores.Find(path, () => new SqliteChunkStore(new ChunkFile(path), TextAnalyzer.For(default), _memory));
            await store.DropAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private string PathOf(TenantId tenant, string domain, ModelRef? model)
    {
        var key = CollectionKey.Of(tenant, domain, model);
        return Path.Combine(FolderOf(tenant), key.Model.Length == 0 ? $"{domain}.db" : $"{domain}.{key.Model}.db");
    }

    private string FolderOf(TenantId tenant) => Path.Combine(_folder, tenant.Value.ToString("D"));

    private static List<string> PathsOf(string folder, string domain) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"{domain}.db").Union(Directory.EnumerateFiles(folder, $"{domain}.*.db"))]
        : [];
}
