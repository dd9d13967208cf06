using Tessera.Host.Data;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Documents;

/// <summary>A file of a tenant; keeps its id over all its revisions.</summary>
internal sealed class Document : ITenantOwned
{
    /// <summary>Version 7, so that ids sort by age.</summary>
    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    /// <summary>The archive it came out of.</summary>
    public Guid? ParentId { get; init; }

    public required string Domain { get; init; }

    public required string Name { get; set; }

    /// <summary>Forward slashes; empty is the root.</summary>
    public string Folder { get; set; } = "";

    public List<string> Tags { get; set; } = [];

    public DateOnly? Date { get; set; }

    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; set; }

    public required long Bytes { get; set; }

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Newest revision stored; counts up from 1.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>Newest revision that searches see; 0: none yet.</summary>
    public int IndexedRevision { get; set; }

    public int? Pages { get; set; }

    public int? Chunks { get; set; }

    public DocumentStatus Status { get; set; }

    public string? Reason { get; set; }

    public string? ReasonCode { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Deleted for every caller; bytes and chunks go by job.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>The document as searches filter it.</summary>
    public StoredDocument ToStored() =>
        new(new DocumentId(Id), Name) { Folder = Folder, Tags = Tags, Date = Date, Language = Language };
}

internal enum DocumentStatus
{
    Queued,
    Reading,
    Indexing,
    Searchable,
    Failed,
}
