using Tessera.Sdk;

namespace Tessera.Rag.Ingestion;

/// <summary>Turns a file into sections. Implemented by the pool of Reader processes. Safe for concurrent use.</summary>
public interface IDocumentReader
{
    /// <summary>Reads one file for one tenant. Never throws for what is in the file.</summary>
    /// <param name="tenant">Whose file; a worker process never serves two tenants.</param>
    /// <param name="path">The bytes on disk; only read.</param>
    /// <param name="name">The file's name as uploaded; tells the type together with the bytes.</param>
    /// <param name="entryFolder">An existing empty folder that takes an archive's unpacked entries.</param>
    /// <param name="cancellationToken">Stops the worker.</param>
    /// <exception cref="TransientException">The Reader could not be started.</exception>
    Task<ReadOutcome> ReadAsync(
        TenantId tenant, string path, string name, string entryFolder, CancellationToken cancellationToken);
}

/// <summary>How reading a file ended. Closed.</summary>
public abstract record ReadOutcome
{
    private ReadOutcome()
    {
    }

    /// <summary>Text was found.</summary>
    /// <param name="Sections">In order; joined by <see cref="Section.Joint"/> they are the document's text.</param>
    /// <param name="Pages">Number of pages, slides or sheets, where the format has them.</param>
    public sealed record Text(IReadOnlyList<Section> Sections, int? Pages) : ReadOutcome;

    /// <summary>An archive: its entries lie unpacked in the entry folder, each to be read as a document of its own.</summary>
    public sealed record Archive(IReadOnlyList<ArchiveEntry> Entries) : ReadOutcome;

    /// <summary>No text, for a reason that a person understands.</summary>
    /// <param name="Code">encrypted, no-text, empty, corrupt, unknown-type, too-deep, too-large, unsafe-archive, timeout, out-of-memory, reader-crashed.</param>
    /// <param name="Reason">What is wrong and the way out, one or two sentences.</param>
    public sealed record Failed(string Code, string Reason) : ReadOutcome;
}

/// <summary>An unpacked file of an archive.</summary>
/// <param name="Name">Its path in the archive, forward slashes, control characters replaced; data, never a path to open.</param>
/// <param name="Path">Where its bytes lie, under the entry folder, with a generated name.</param>
public sealed record ArchiveEntry(string Name, string Path);
