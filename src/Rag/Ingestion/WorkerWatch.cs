namespace Tessera.Rag.Ingestion;

/// <summary>Watches time and resident memory of a worker while it reads one file, and stops it at the limits.</summary>
internal sealed class WorkerWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly PeriodicTimer _timer;
    private readonly Task _watching;
    private readonly ReaderOptions _options;
    private readonly TimeProvider _time;
    private readonly long _begin;
    private long _limit;
    private int _pages;

    public WorkerWatch(int processId, TimeSpan limit, ReaderOptions options, TimeProvider time, Action kill)
    {
        (_options, _time, _begin, _limit) = (options, time, time.GetTimestamp(), limit.Ticks);
        _timer = new PeriodicTimer(Period, time);
        _watching = WatchAsync(processId, kill);
    }

    /// <summary>Why the worker was stopped: timeout or out-of-memory; null where it was not.</summary>
    public string? Verdict { get; private set; }

    /// <summary>Grants the time of one more scanned page, up to the limit of pages.</summary>
    public void GrantPage()
    {
        if (Interlocked.Increment(ref _pages) <= _options.ScannedPages)
        {
            Interlocked.Add(ref _limit, _options.TimePerScannedPage.Ticks);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _watching.ConfigureAwait(false);
    }

    private async Task WatchAsync(int processId, Action kill)
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            Verdict = ResidentMemory.Of(processId) > _options.ResidentLimit ? "out-of-memory"
                : _time.GetElapsedTime(_begin).Ticks > Interlocked.Read(ref _limit) ? "timeout"
                : null;
            if (Verdict is not null)
            {
                kill();
                return;
            }
        }
    }
}
