using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tessera.Host.Startup;

namespace Tessera.Host.Observability.Checks;

/// <summary>Uploads can be kept.</summary>
internal sealed class BlobsCheck(TesseraOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(WritableFolder.Check(options.BlobsFolder, context));
}
