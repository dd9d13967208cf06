using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Lexical;

namespace Tessera.Rag.Retrieval.Stores;

/// <summary>Holds a store's index while it is in memory: many read it, or one changes it.</summary>
internal sealed class IndexCell(IndexMemory memory) : IDisposable
{
    private readonly ReaderWriterLockSlim _lock = new();
    private volatile ChunkIndex? _index;
    private long _used;

    /// <summary>The index; null while there is none in memory.</summary>
    public ChunkIndex? Current => _index;

    /// <summary>Timestamp of the last use.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Reads, with the index where it is in memory, while nobody changes it or the file.</summary>
    public T Read<T>(Func<ChunkIndex?, T> read)
    {
        _lock.EnterReadLock();
        try
        {
            Volatile.Write(ref _used, memory.Now);
            return read(_index);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Changes the index while nobody reads it; null forgets it, and so does a fault.</summary>
    public void Write(Func<ChunkIndex?> change)
    {
        _lock.EnterWriteLock();
        try
        {
            var before = _index;
            _index = null;
            _index = change();
            if (before is null && _index is not null)
            {
                Volatile.Write(ref _used, memory.Now);
            }
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        memory.Keep(this);
    }

    /// <summary>Runs while nobody reads or changes the index.</summary>
    public void Alone(Action work)
    {
        _lock.EnterWriteLock();
        try
        {
            work();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Lets the index go unless it was replaced; searches that read it end as they are.</summary>
    public void Forget(ChunkIndex index) => Interlocked.CompareExchange(ref _index, null, index);

    public void Dispose()
    {
        _index = null;
        memory.Keep(this);
        _lock.Dispose();
    }
}
