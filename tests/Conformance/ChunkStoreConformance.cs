using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Conformance;

/// <summary>
/// What every store of chunks must do. A store's runner derives from it and says how the stores are opened; its type argument tells
/// <see cref="Suites"/> which stores have a runner. Each test has a place of its own.
/// </summary>
/// <typeparam name="TStores">The implementation under test.</typeparam>
public abstract partial class ChunkStoreConformance<TStores> : IDisposable
    where TStores : class, IChunkStores
{
    private TStores? _stores;

    /// <summary>The stores, opened at the first use.</summary>
    protected TStores Stores => _stores ??= Connect();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the stores of this test's own place: twice in one test opens the same place again.</summary>
    protected abstract TStores Connect();

    /// <summary>Lets this test's place go.</summary>
    protected abstract void Clean();

    /// <summary>Whether anything of a text lies in the place, as raw bytes.</summary>
    protected abstract bool Holds(string text);

    public void Dispose()
    {
        (_stores as IDisposable)?.Dispose();
        Clean();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the stores and opens the same place again.</summary>
    protected void Reopen()
    {
        (_stores as IDisposable)?.Dispose();
        _stores = Connect();
    }

    /// <summary>The store of one domain, made.</summary>
    protected async Task<IChunkStore> OpenAsync(TenantId? tenant = null, DomainProfile? domain = null)
    {
        var store = Stores.Open(tenant ?? Worlds.Tenant, domain ?? Worlds.Prose, null);
        await store.EnsureCreatedAsync(Token);
        return store;
    }

    protected static Task PutAsync(IChunkStore store, StoredDocument document, int revision, params string[] texts) =>
        store.UpsertAsync(document, revision, Worlds.Chunks(document.Id, texts), Token);

    protected static Task<IReadOnlyList<Candidate>> FindAsync(IChunkStore store, string query, SearchFilter? filter = null, int top = 1000) =>
        store.SearchAsync(new SearchRequest(query, top) { Filter = filter }, Token);

    /// <summary>The texts found, best first.</summary>
    protected static async Task<List<string>> TextsAsync(IChunkStore store, string query, SearchFilter? filter = null) =>
        [.. (await FindAsync(store, query, filter)).Select(x => x.Chunk.Text)];

    /// <summary>The texts of a document as it is read.</summary>
    protected static async Task<List<string>> ReadAsync(IChunkStore store, DocumentId document) =>
        [.. (await store.ReadAsync(document, Token)).Select(x => x.Text)];
}
