using Hangfire;

namespace Tessera.Host.Jobs;

/// <summary>The one job that Hangfire knows: look what is due and do it, until nothing is.</summary>
[AutomaticRetry(Attempts = 0)]
internal sealed class WakeUp(JobClock clock, JobRunner runner, IHostApplicationLifetime lifetime, ILogger<WakeUp> logger)
{
    /// <summary>Asked for by <see cref="JobClock.Wake"/>.</summary>
    public Task RunAsync()
    {
        clock.Woken();
        return RunLaterAsync();
    }

    /// <summary>Asked for by the time.</summary>
    public async Task RunLaterAsync()
    {
        try
        {
            await runner.DrainAsync(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The next start goes on.
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "A worker stopped; the next wake-up goes on");
        }
    }
}
