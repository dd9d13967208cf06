using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;

namespace Tessera.Host.Observability;

/// <summary>
/// Looks now and then how much work waits, so that a scrape never waits for the database. Of all hosts on one database each tells the
/// same: take the largest, not the sum. While the database does not answer nothing is told.
/// </summary>
internal sealed class QueueWatch : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider time;
    private volatile Sample? last;

    public QueueWatch(IServiceScopeFactory scopes, TimeProvider time, IMeterFactory meters)
    {
        (this.scopes, this.time) = (scopes, time);
        var meter = meters.Create(HostTelemetry.Name);
        meter.CreateObservableGauge("tessera.jobs.pending", () => Told(sample => sample.Pending), "{job}", "Jobs that wait or run, those that wait for their time included.");
        meter.CreateObservableGauge("tessera.jobs.oldest.age", () => Told(sample => sample.OldestSeconds), "s", "How long the job that is due longest has waited for a worker.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            last = await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Sample?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var work = scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Work;
            var now = time.GetUtcNow();
            var pending = await work.LongCountAsync(cancellationToken);
            var oldest = await work.Where(row => row.DueAt <= now && (row.LeaseUntil == null || row.LeaseUntil < now))
                .OrderBy(row => row.DueAt).Select(row => (DateTimeOffset?)row.DueAt).FirstOrDefaultAsync(cancellationToken);
            return new Sample(pending, oldest is { } due ? (now - due).TotalSeconds : 0);
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or TimeoutException)
        {
            return null;
        }
    }

    private IEnumerable<Measurement<T>> Told<T>(Func<Sample, T> read)
        where T : struct => last is { } sample ? [new Measurement<T>(read(sample))] : [];

    private sealed record Sample(long Pending, double OldestSeconds);
}
