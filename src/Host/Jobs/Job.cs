using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Host.Jobs;

/// <summary>Work on a document, or on the indexes or models of a domain, that outlives the request that asked for it.</summary>
internal sealed class Job : ITenantOwned
{
    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary>What it is about: a document, the row of a domain's indexes, or an adaptation.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Of the document; 0 where it is about indexes.</summary>
    public required int Revision { get; init; }

    /// <summary>Whose indexes or models it is about.</summary>
    public string? Domain { get; init; }

    /// <summary>The key of the index that it builds.</summary>
    public string? Target { get; init; }

    /// <summary>Of how many documents, or hundredths of an adaptation, it is done with <see cref="Done"/>; null before it knows.</summary>
    public int? Total { get; set; }

    public int? Done { get; set; }

    /// <summary>The W3C trace context of the request that asked for it; ids only.</summary>
    public string? TraceParent { get; init; }

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

    /// <summary>Builds the index of another embedder beside the active one, and makes it the active one.</summary>
    Reindex,

    /// <summary>Deletes indexes that are none of their domain's any more.</summary>
    Tidy,

    /// <summary>Adapts a domain's models to the tenant.</summary>
    Adapt,
}

internal enum JobState
{
    Queued,
    Running,
    Done,
    Failed,

    /// <summary>What it was to do is not wanted any more.</summary>
    Cancelled,
}
