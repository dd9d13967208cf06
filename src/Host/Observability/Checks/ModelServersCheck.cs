using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tessera.Host.Models;

namespace Tessera.Host.Observability.Checks;

/// <summary>
/// The model servers that tenants named answer. Nothing is sent to them for it: a server counts as down while this process holds its
/// requests back because so many failed.
/// </summary>
internal sealed class ModelServersCheck(RemoteClients remotes) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (known, down) = remotes.Count();
        return Task.FromResult(down == 0
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, string.Create(CultureInfo.InvariantCulture, $"{down} of {known} model servers do not answer.")));
    }
}
