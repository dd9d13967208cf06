using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Jobs;

/// <summary>Work on a document that outlives the request that asked for it.</summary>
internal sealed class Job : ITenantOwned
{
    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required JobKind Kind { get; init; }

    public required Guid DocumentId { get; init; }

    public required int Revision { get; init; }

    public required JobState State { get; set; }

    public int Attempts { get; set; }

    public string? Reason { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }
}

internal enum JobKind
{
    Ingest,
    Purge,
}

internal enum JobState
{
    Queued,
    Running,
    Done,
    Failed,
}
