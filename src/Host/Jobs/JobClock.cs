using Hangfire;
using Hangfire.Server;
using Tessera.Host.Startup;

namespace Tessera.Host.Jobs;

/// <summary>
/// Hangfire as clock and threads: it knows one job, a wake-up without arguments. What is to be done stands in our own
/// rows, so nothing is lost with its memory, and a wake-up that comes twice or not at all does no harm: there is one every so often.
/// </summary>
internal sealed class JobClock(TesseraOptions options, IServiceProvider services, WorkClaims claims, JobStorage storage, ILogger<JobClock> logger)
    : BackgroundService
{
    // Hangfire keeps whole seconds and cuts off the rest: it would come too early, find nothing due, and leave the work to the next round.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    // What a host that died had in hand is found by the others, or by its own next start.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(15);

    // A worker goes on until nothing is due, so more wake-ups than workers in such a time would find nothing.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim woken = new(0);
    private int wanted;

    /// <summary>Some work is due. Returns at once and never throws.</summary>
    public void Wake() => Wake(1);

    /// <summary>Much work is due.</summary>
    public void WakeAll() => Wake(options.Workers);

    /// <summary>Some work will be due.</summary>
    public void WakeIn(TimeSpan wait) => Try(client => client.Schedule<WakeUp>(wake => wake.RunAsync(), wait + Grain));

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.IsServer)
        {
            await claims.ReleaseAllAsync(cancellationToken);
        }

        WakeAll();
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        woken.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var server = new BackgroundJobServer(
            new BackgroundJobServerOptions
            {
                Activator = new FromServices(services),
                WorkerCount = options.Workers,
                SchedulePollingInterval = TimeSpan.FromSeconds(1),
                ShutdownTimeout = StopLimit,

                // Jobs stay on the threads of the workers, which are quiet.
                TaskScheduler = null,
            },
            storage);
        try
        {
            while (true)
            {
                await woken.WaitAsync(Round, stoppingToken);
                var due = Math.Clamp(Interlocked.Exchange(ref wanted, 0), 1, options.Workers);
                for (var wakeUp = 0; wakeUp < due; wakeUp++)
                {
                    Try(client => client.Enqueue<WakeUp>(wake => wake.RunAsync()));
                }

                await Task.Delay(Pace, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            server.SendStop();
            await server.WaitForShutdownAsync(CancellationToken.None);
            await claims.ForgetAsync();
        }
    }

    private void Wake(int count)
    {
        // Not yet noticed: the pump takes all that is wanted at once.
        if (Interlocked.Add(ref wanted, count) == count)
        {
            woken.Release();
        }
    }

    private void Try(Action<BackgroundJobClient> ask)
    {
        try
        {
            ask(new BackgroundJobClient(storage));
        }
        catch (Exception fault)
        {
            logger.LogWarning(fault, "A wake-up could not be asked for; the next round finds the work");
        }
    }

    private sealed class FromServices(IServiceProvider services) : JobActivator
    {
        public override object ActivateJob(Type jobType) => services.GetRequiredService(jobType);
    }
}
