using Tessera.Rag.Telemetry;
using Tessera.Reader.Protocol;
using Tessera.Sdk;

namespace Tessera.Rag.Ingestion;

/// <summary>
/// Reads files in child processes with limits of memory and time. A worker serves one tenant only, file after file; it is replaced
/// after any fault and ends when idle. Callers wait in the order they came.
/// </summary>
public sealed class ReaderPool : IDocumentReader, IAsyncDisposable
{
    private readonly ReaderOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots;
    private readonly Lazy<Task<NetworkWall>> _wall = new(ChildLaunch.ProbeAsync);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<ReaderWorker> _idle = [];
    private readonly ITimer _sweep;

    /// <param name="options">Limits; not changed afterwards.</param>
    /// <param name="time">Counts idle time and time limits.</param>
    public ReaderPool(ReaderOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time) = (options, time ?? TimeProvider.System);
        _slots = new SemaphoreSlim(options.Workers, options.Workers);
        _sweep = _time.CreateTimer(_ => _ = SweepAsync(), null, options.IdleTime / 2, options.IdleTime / 2);
    }

    /// <summary>Which wall stands between the workers and the network; found out once.</summary>
    public Task<NetworkWall> FindNetworkWallAsync() => _wall.Value;

    /// <summary>Process ids of the workers that wait for work.</summary>
    internal IReadOnlyList<int> IdleProcesses
    {
        get
        {
            lock (_gate)
            {
                return [.. _idle.Select(x => x.ProcessId)];
            }
        }
    }

    /// <inheritdoc/>
    public async Task<ReadOutcome> ReadAsync(
        TenantId tenant, string path, string name, string entryFolder, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        using var stage = EngineTelemetry.Ingest("read");
        await _slots.WaitAsync(either.Token).ConfigureAwait(false);
        var unpacked = false;
        try
        {
            var request = new ReadRequest(
                Path.GetFullPath(path), name, Path.GetFullPath(entryFolder), _options.MaximumBytes, _options.MaximumCharacters);
            var outcome = await ReadAsync(tenant, request, either.Token).ConfigureAwait(false);
            unpacked = outcome is ReadOutcome.Archive;
            return outcome;
        }
        finally
        {
            if (!unpacked)
            {
                Clear(entryFolder);
            }

            _slots.Release();
        }
    }

    /// <summary>Stops all workers; callers that wait or read get an <see cref="OperationCanceledException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        await _end.CancelAsync().ConfigureAwait(false);
        await _sweep.DisposeAsync().ConfigureAwait(false);
        for (var i = 0; i < _options.Workers; i++)
        {
            await _slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await EndAsync(_ => true).ConfigureAwait(false);
    }

    private async Task<ReadOutcome> ReadAsync(TenantId tenant, ReadRequest request, CancellationToken cancellationToken)
    {
        var worker = await RentAsync(tenant, cancellationToken).ConfigureAwait(false);
        var keep = false;
        try
        {
            var outcome = await worker.ReadAsync(request, cancellationToken).ConfigureAwait(false);
            keep = worker.Reusable;
            return outcome;
        }
        finally
        {
            if (keep)
            {
                lock (_gate)
                {
                    _idle.Add(worker);
                }
            }
            else
            {
                await worker.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<ReaderWorker> RentAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        while (TakeIdle(x => x.Tenant == tenant) is { } own)
        {
            if (own.IsAlive)
            {
                return own;
            }

            await own.DisposeAsync().ConfigureAwait(false);
        }

        while (_idle.Count > _slots.CurrentCount && TakeIdle(_ => true) is { } surplus)
        {
            await surplus.DisposeAsync().ConfigureAwait(false);
        }

        return await ReaderWorker.StartAsync(_options, await _wall.Value.ConfigureAwait(false), tenant, _time, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The one that has been idle for longest.</summary>
    private ReaderWorker? TakeIdle(Func<ReaderWorker, bool> which)
    {
        lock (_gate)
        {
            var worker = _idle.FirstOrDefault(which);
            if (worker is not null)
            {
                _idle.Remove(worker);
            }

            return worker;
        }
    }

    private Task SweepAsync() => EndAsync(x => _time.GetElapsedTime(x.IdleSince) >= _options.IdleTime);

    private async Task EndAsync(Func<ReaderWorker, bool> which)
    {
        while (TakeIdle(which) is { } worker)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What a refused archive had already unpacked.</summary>
    private static void Clear(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Delete(file);
        }
    }
}
