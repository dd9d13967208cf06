using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Startup;
using Tessera.Sdk;

namespace Tessera.Host.Documents;

/// <summary>
/// The bytes of documents and the text that was read out of them, by document and revision. What is stored is on the
/// disk, file and folder, when a call returns; nothing is ever seen half-written. Safe for concurrent use.
/// </summary>
internal sealed class BlobStore(TesseraOptions options, Abandoned abandoned)
{
    private const int BufferSize = 128 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a stream to the disk; null where it is longer than the limit.</summary>
    /// <exception cref="IOException">The disk is full, or fails; nothing stays.</exception>
    public async Task<StagedBlob?> StageAsync(Stream content, long limit, CancellationToken cancellationToken)
    {
        var path = StagingPath();
        try
        {
            var (length, hash) = await WriteAsync(path, content, limit, cancellationToken);
            if (length <= limit)
            {
                return new StagedBlob(path, length, hash);
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        File.Delete(path);
        return null;
    }

    /// <summary>Makes staged bytes those of a document's revision.</summary>
    public void Keep(StagedBlob staged, TenantId tenant, Guid document, int revision) =>
        Keep(staged, PathOf(tenant, document, revision));

    /// <summary>Writes a text to the disk, for <see cref="KeepText"/>.</summary>
    public async Task<StagedBlob> StageTextAsync(string text, CancellationToken cancellationToken)
    {
        await using var content = new MemoryStream(Utf8.GetBytes(text), writable: false);
        return (await StageAsync(content, long.MaxValue, cancellationToken))!;
    }

    /// <summary>Makes a staged text the one that a revision's offsets count in.</summary>
    public void KeepText(StagedBlob staged, TenantId tenant, Guid document, int revision) =>
        Keep(staged, TextPathOf(tenant, document, revision));

    /// <summary>Where a revision's bytes lie.</summary>
    public string PathOf(TenantId tenant, Guid document, int revision) =>
        Path.Combine(FolderOf(tenant, document), string.Create(CultureInfo.InvariantCulture, $"{document:N}.{revision}"));

    /// <summary>Where a revision's text lies: UTF-8 without a mark.</summary>
    public string TextPathOf(TenantId tenant, Guid document, int revision) => PathOf(tenant, document, revision) + ".txt";

    /// <summary>Deletes bytes and text of a document's revisions below the given one.</summary>
    public void Delete(TenantId tenant, Guid document, int belowRevision)
    {
        var folder = FolderOf(tenant, document);
        if (Directory.Exists(folder))
        {
            Delete(folder, $"{document:N}.*", (_, revision) => revision < belowRevision, _ => true);
        }
    }

    /// <summary>Deletes bytes and texts of a tenant's revisions that nobody knows. For times when nothing is written.</summary>
    public void Sweep(TenantId tenant, Func<Guid, int, bool> isKnown)
    {
        var folder = FolderOf(tenant);
        foreach (var part in Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
        {
            Delete(part, "*", (document, revision) => !isKnown(document, revision), abandoned.Is);
        }
    }

    /// <summary>Deletes all bytes and texts of a tenant.</summary>
    public void Drop(TenantId tenant)
    {
        var folder = FolderOf(tenant);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
            DirectorySync.Flush(options.BlobsFolder);
        }
    }

    private static void Delete(string folder, string pattern, Func<Guid, int, bool> isGone, Func<string, bool> mayGo)
    {
        var deleted = false;
        foreach (var path in Directory.EnumerateFiles(folder, pattern))
        {
            // A file that is called otherwise is none of ours.
            var name = Path.GetFileName(path).Split('.');
            if (name.Length >= 2 && Guid.TryParseExact(name[0], "N", out var document)
                && int.TryParse(name[1], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && isGone(document, revision) && mayGo(path))
            {
                File.Delete(path);
                deleted = true;
            }
        }

        if (deleted)
        {
            DirectorySync.Flush(folder);
        }
    }

    private static async Task<(long Length, string Sha256)> WriteAsync(
        string path, Stream content, long limit, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var file = Create(path);
            var length = 0L;
            for (int read; length <= limit && (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                length += read;
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            if (length <= limit)
            {
                file.Flush(flushToDisk: true);
            }

            return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static FileStream Create(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous,
    });

    private static void Keep(StagedBlob staged, string to)
    {
        var from = staged.Path ?? throw new InvalidOperationException("The bytes were taken already.");
        var folder = Path.GetDirectoryName(to)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            DirectorySync.Flush(Path.GetDirectoryName(folder)!);
        }

        File.Move(from, to, overwrite: true);
        staged.Moved();
        DirectorySync.Flush(folder);
    }

    private string StagingPath()
    {
        Directory.CreateDirectory(options.UploadsFolder);
        return Path.Combine(options.UploadsFolder, Guid.NewGuid().ToString("N"));
    }

    private string FolderOf(TenantId tenant) => Path.Combine(options.BlobsFolder, tenant.Value.ToString("D"));

    private string FolderOf(TenantId tenant, Guid document) => Path.Combine(FolderOf(tenant), document.ToString("N")[^2..]);
}
