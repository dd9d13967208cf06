using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tessera.Host.Observability.Checks;

/// <summary>What readiness rests on, a line a dependency. One that fails makes the host not ready, unless its line says that it only does less.</summary>
internal static class ChecksSlice
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void AddTesseraChecks(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<StartCheck>("start", timeout: Patience)
        .AddCheck<DatabaseCheck>("database", timeout: Patience)
        .AddCheck<BlobsCheck>("blobs", timeout: Patience)
        .AddCheck<ChunksCheck>("chunks", timeout: Patience)
        .AddCheck<DiskCheck>("disk", timeout: Patience)
        .AddCheck<ToolsCheck>("ocr", HealthStatus.Degraded, timeout: Patience)
        .AddCheck<ModelServersCheck>("model-servers", HealthStatus.Degraded, timeout: Patience);
}
