using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tessera.Host.Data;

namespace Tessera.Host.Observability.Checks;

/// <summary>The rows answer, whichever database keeps them.</summary>
internal sealed class DatabaseCheck(CatalogDbContext catalog) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var wrong = new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.");
        try
        {
            // The first tells a database that is away, the second one that is there and broken.
            return await catalog.Database.CanConnectAsync(cancellationToken) && await catalog.Tenants.AnyAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : wrong;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return wrong;
        }
    }
}
