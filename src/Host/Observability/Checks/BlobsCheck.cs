using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tessera.Host.Startup;
using Tessera.Rag;

namespace Tessera.Host.Observability.Checks;

/// <summary>Uploads can be kept.</summary>
internal sealed class BlobsCheck(TesseraOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            WritableFolder.Require(options.BlobsFolder);
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        catch (TransientException fault)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, fault.Message));
        }
    }
}
