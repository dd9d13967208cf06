using Hangfire;
using Hangfire.InMemory;
using Hangfire.Server;
using Tessera.Host.Startup;

namespace Tessera.Host.Jobs;

/// <summary>
/// Hangfire as clock and threads: it knows one job, a wake-up without arguments. What is to be done stands in our own
/// rows, so nothing is lost with its memory.
/// </summary>
internal sealed class JobClock(TesseraOptions options, IServiceProvider services, WorkClaims claims) : IHostedService, IDisposable
{
    // Hangfire keeps whole seconds and cuts off the rest: it would come too early, find nothing due, and leave the work to the next minute.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private readonly InMemoryStorage storage = new(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromMinutes(1) });
    private BackgroundJobServer? server;
    private int waiting;

    /// <summary>Some work is due. Cheap: as many wake-ups wait as there are threads, never more.</summary>
    public void Wake()
    {
        if (server is null)
        {
            return;
        }

        if (Interlocked.Increment(ref waiting) <= options.Workers)
        {
            new BackgroundJobClient(storage).Enqueue<WakeUp>(wake => wake.RunAsync());
        }
        else
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>Much work is due.</summary>
    public void WakeAll()
    {
        for (var worker = 0; worker < options.Workers; worker++)
        {
            Wake();
        }
    }

    /// <summary>Some work will be due.</summary>
    public void WakeIn(TimeSpan wait)
    {
        if (server is not null)
        {
            new BackgroundJobClient(storage).Schedule<WakeUp>(wake => wake.RunLaterAsync(), wait + Grain);
        }
    }

    /// <summary>A wake-up begins; called before it looks for work, so that none is overlooked.</summary>
    public void Woken() => Interlocked.Decrement(ref waiting);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await claims.ReleaseAllAsync(cancellationToken);
        server = new BackgroundJobServer(
            new BackgroundJobServerOptions
            {
                Activator = new FromServices(services),
                WorkerCount = options.Workers,
                SchedulePollingInterval = TimeSpan.FromSeconds(1),
                ShutdownTimeout = StopLimit,
            },
            storage);
        new RecurringJobManager(storage).AddOrUpdate<WakeUp>("wake-up", wake => wake.RunLaterAsync(), Cron.Minutely());
        WakeAll();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is not null)
        {
            server.SendStop();
            await server.WaitForShutdownAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        server?.Dispose();
        storage.Dispose();
    }

    private sealed class FromServices(IServiceProvider services) : JobActivator
    {
        public override object ActivateJob(Type jobType) => services.GetRequiredService(jobType);
    }
}
