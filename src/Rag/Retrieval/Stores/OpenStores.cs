using System.Collections.Concurrent;
using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>The stores that were opened, each once. Safe for concurrent use.</summary>
internal sealed class OpenStores<TKey, TStore> : IDisposable
    where TKey : notnull
    where TStore : class, IAnalyzingStore
{
    private readonly ConcurrentDictionary<TKey, TStore> _stores = [];

    /// <summary>The store of a key; another one where the domain was replaced by a version that makes words another way.</summary>
    public TStore Open(TKey key, TextAnalyzer analyzer, Func<TStore> make)
    {
        var store = _stores.GetOrAdd(key, _ => make());
        if (store.Analyzer != analyzer)
        {
            _stores.TryUpdate(key, make(), store);
            store = _stores[key];
        }

        return store;
    }

    /// <summary>The store of a key, however it makes words.</summary>
    public TStore Find(TKey key, Func<TStore> make) => _stores.GetOrAdd(key, _ => make());

    public void Dispose()
    {
        foreach (var store in _stores.Values)
        {
            store.Dispose();
        }
    }
}

/// <summary>A store that was made for one way to make words.</summary>
internal interface IAnalyzingStore : IChunkStore, IDisposable
{
    /// <summary>How words are made.</summary>
    TextAnalyzer Analyzer { get; }
}
