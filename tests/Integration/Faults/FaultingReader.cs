using Tessera.Rag.Ingestion;
using Tessera.Sdk;

namespace Tessera.Integration.Faults;

/// <summary>A reader whose calls may fail.</summary>
internal sealed class FaultingReader(FaultPlan plan, IDocumentReader inner) : IDocumentReader
{
    public Task<ReadOutcome> ReadAsync(TenantId tenant, string path, string name, string entryFolder, CancellationToken cancellationToken) =>
        plan.AroundAsync("a reading of bytes", () => inner.ReadAsync(tenant, path, name, entryFolder, cancellationToken));
}
