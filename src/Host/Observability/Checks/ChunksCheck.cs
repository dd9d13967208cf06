using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tessera.Host.Startup;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;

namespace Tessera.Host.Observability.Checks;

/// <summary>The embedded store can be written; a store on a server has a check of its own.</summary>
internal sealed class ChunksCheck(TesseraOptions options, IChunkStores stores) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(stores is SqliteChunkStores ? WritableFolder.Check(options.ChunksFolder, context) : HealthCheckResult.Healthy("On a server."));
}
