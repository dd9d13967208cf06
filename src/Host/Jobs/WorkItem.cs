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
    public required int Priority { get; set; }

    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Until then a worker has it; null: nobody.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public int Attempts { get; set; }

    /// <summary>Nobody takes it until it is resumed.</summary>
    public bool Paused { get; set; }

    /// <summary>The host that has in its memory what the job goes on with; others take it only when that one seems dead. Null: whoever comes.</summary>
    public Guid? Host { get; set; }
}
