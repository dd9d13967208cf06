using Tessera.Host.Adapting;
using Tessera.Host.Plugins;

namespace Tessera.Host.Hosts;

/// <summary>Follows what other hosts have changed: which domains are active, and which models of tenants are adapted.</summary>
internal sealed partial class HostWatch(PluginFollower plugins, AdaptationReconciler adapted, TimeProvider time, ILogger<HostWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pace, time, stoppingToken);
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await plugins.FollowAsync(cancellationToken);
            await adapted.FollowAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(logger, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What other hosts changed could not be read; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
