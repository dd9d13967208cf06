using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tessera.Host.Startup;

namespace Tessera.Host.Observability.Checks;

/// <summary>The data folder is prepared and the domains are loaded.</summary>
internal sealed class StartCheck(Readiness readiness) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(readiness.IsReady ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, "It is starting."));
}
