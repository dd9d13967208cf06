using Hangfire;
using Tessera.Host.Startup;

namespace Tessera.Host.Jobs;

/// <summary>The one job that Hangfire knows: look what is due and do it, until nothing is.</summary>
[AutomaticRetry(Attempts = 0)]
internal sealed class WakeUp(JobRunner runner, IHostApplicationLifetime lifetime, ILogger<WakeUp> logger)
{
    public async Task RunAsync()
    {
        QuietThread.Begin();
        try
        {
            await runner.DrainAsync(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The next start goes on, or another host.
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "A worker stopped; the next wake-up goes on");
        }
    }
}
