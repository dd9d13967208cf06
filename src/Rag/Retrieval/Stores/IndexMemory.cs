namespace Tessera.Rag.Retrieval.Stores;

/// <summary>Bounds the memory of all stores' indexes: those unused for a while go, and the longest unused while they are too many.</summary>
internal sealed class IndexMemory : IDisposable
{
    private static readonly TimeSpan Rounds = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly HashSet<IndexCell> _cells = [];
    private readonly TimeProvider _clock;
    private readonly TimeSpan _idle;
    private readonly long _budget;
    private readonly ITimer _timer;

    public IndexMemory(ChunkStoresOptions options, TimeProvider clock)
    {
        _clock = clock;
        _idle = options.IndexIdle;
        _budget = options.IndexBudget;
        _timer = clock.CreateTimer(_ => Trim(null), null, Rounds, Rounds);
    }

    /// <summary>Timestamp of now.</summary>
    public long Now => _clock.GetTimestamp();

    /// <summary>Of all indexes that are held.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _cells.Sum(cell => cell.Current?.Size ?? 0);
            }
        }
    }

    /// <summary>Counts a cell while it holds an index, and makes room for it.</summary>
    public void Keep(IndexCell cell)
    {
        lock (_lock)
        {
            if (cell.Current is null)
            {
                _cells.Remove(cell);
                return;
            }

            _cells.Add(cell);
        }

        Trim(cell);
    }

    public void Dispose() => _timer.Dispose();

    private void Trim(IndexCell? kept)
    {
        lock (_lock)
        {
            var total = _cells.Sum(cell => cell.Current?.Size ?? 0);

            // One that is larger than all may be would else be made anew over and over while it is in use.
            var newest = kept ?? _cells.MaxBy(cell => cell.Used);
            foreach (var cell in _cells.OrderBy(cell => cell.Used).ToList())
            {
                if (cell == kept || cell.Current is not { } index)
                {
                    continue;
                }

                if ((total > _budget && cell != newest) || _clock.GetElapsedTime(cell.Used) > _idle)
                {
                    total -= index.Size;
                    cell.Forget(index);
                    _cells.Remove(cell);
                }
            }
        }
    }
}
