using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Jobs;

/// <summary>A job that waits for a worker: ids and times only, readable before a tenant is known.</summary>
internal sealed class WorkItem : ITenantOwned
{
    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required Guid JobId { get; init; }

    /// <summary>What the job is about: two workers never have the same one.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Lower goes first.</summary>
    public required int Priority { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Until then a worker has it; null: nobody.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public int Attempts { get; set; }
}
