using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tessera.Host.Backups;

/// <summary>A backup on the disk, and the names of what is in it.</summary>
/// <param name="Path">Where it lies.</param>
internal sealed record BackupFile(string Path)
{
    public const string Manifest = "manifest.json";
    public const string End = "end.json";

    /// <summary>Files by their places below the shared folder.</summary>
    public const string Files = "files/";

    /// <summary>Rows, as lines of JSON: of the catalog, or of a tenant, by table.</summary>
    public const string Rows = "rows/";

    /// <summary>Chunks of one document each, with their vectors.</summary>
    public const string Chunks = "chunks/";

    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Reads all of it: whether it is a backup, whole, and one that this host can restore.</summary>
    /// <param name="rows">See <see cref="BackupManifest.RowsOf"/>; null: whatever rows it has.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="BackupException">It is not; says why and what to do.</exception>
    public async Task<BackupSummary> CheckAsync(string? rows, CancellationToken cancellationToken)
    {
        try
        {
            return await SummarizeAsync(rows, cancellationToken);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or JsonException)
        {
            throw new BackupException("This is no backup of Tessera, or it is damaged or cut off. Take another copy of the file, or another backup.", damage);
        }
    }

    /// <summary>Its entries in their order; each must be read before the next.</summary>
    public async IAsyncEnumerable<TarEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var packed = new GZipStream(file, CompressionMode.Decompress);
        await using var archive = new TarReader(packed);
        while (await archive.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            yield return entry;
        }

        // The archive ends before the file does, and only the file's own end tells whether all bytes were right.
        var rest = new byte[4096];
        while (await packed.ReadAsync(rest, cancellationToken) > 0)
        {
        }
    }

    public static async Task<T> ReadAsync<T>(TarEntry entry, CancellationToken cancellationToken) =>
        (await JsonSerializer.DeserializeAsync<T>(entry.DataStream ?? Stream.Null, Json, cancellationToken))!;

    /// <summary>Makes a file for its owner alone.</summary>
    public static FileStream Create(string path, FileMode mode, FileOptions options = FileOptions.None)
    {
        var how = new FileStreamOptions
        {
            Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16, Options = FileOptions.Asynchronous | options,
        };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, how);
    }

    private async Task<BackupSummary> SummarizeAsync(string? rows, CancellationToken cancellationToken)
    {
        BackupSummary? summary = null;
        BackupManifest? manifest = null;
        await foreach (var entry in ReadAsync(cancellationToken))
        {
            if (manifest is null)
            {
                manifest = entry.Name == Manifest ? await ReadAsync<BackupManifest>(entry, cancellationToken) : throw new InvalidDataException(entry.Name);
                if (manifest.Format != BackupManifest.Current || (rows is not null && manifest.Rows != rows))
                {
                    throw new BackupException($"This backup was made by another version of Tessera ({manifest.Product}). Restore it with that version, and upgrade then.");
                }
            }
            else if (entry.Name == End)
            {
                summary = await ReadAsync<BackupSummary>(entry, cancellationToken);
            }
            else
            {
                await (entry.DataStream ?? Stream.Null).CopyToAsync(Stream.Null, cancellationToken);
            }
        }

        return summary ?? throw new EndOfStreamException();
    }
}
