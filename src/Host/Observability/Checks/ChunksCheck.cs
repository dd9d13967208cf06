using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tessera.Rag;
using Tessera.Rag.Retrieval;

namespace Tessera.Host.Observability.Checks;

/// <summary>What the chunks lie on is there: the folder, PostgreSQL or Qdrant.</summary>
internal sealed class ChunksCheck(IChunkStores stores) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await stores.ReachAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is TransientException or PermanentException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, fault.Message);
        }
    }
}
