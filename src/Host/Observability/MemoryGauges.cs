using System.Diagnostics.Metrics;
using Tessera.Host.Startup;
using Tessera.Inference;
using Tessera.Rag.Retrieval;

namespace Tessera.Host.Observability;

/// <summary>What models and indexes take of this process's memory.</summary>
internal sealed class MemoryGauges : IHostedService
{
    public MemoryGauges(IMeterFactory meters, TesseraOptions options, IModelCatalog models, IChunkStores stores)
    {
        var meter = meters.Create(HostTelemetry.Name);
        if (models is LlamaModelCatalog catalog)
        {
            meter.CreateObservableGauge("tessera.model.memory", () => catalog.Loaded.Bytes, "By", "Bytes that loaded models take.");
            meter.CreateObservableGauge("tessera.model.memory.limit", () => options.ModelMemory, "By", "Bytes that loaded models may take.");
            meter.CreateObservableGauge("tessera.model.loaded", () => catalog.Loaded.Models, "{model}", "Models that are loaded.");
        }

        meter.CreateObservableGauge("tessera.index.memory", () => stores.IndexBytes, "By", "Bytes that indexes take in memory.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
