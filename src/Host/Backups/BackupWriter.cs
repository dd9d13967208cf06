using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Tessera.Host.Backups;

/// <summary>Writes the archive of a backup: a tar file, packed with gzip. For one at a time; <see cref="EndAsync"/> makes it whole.</summary>
internal sealed class BackupWriter : IAsyncDisposable
{
    private readonly GZipStream _packed;
    private readonly TarWriter _archive;

    public BackupWriter(Stream to)
    {
        _packed = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        _archive = new TarWriter(_packed, TarEntryFormat.Pax, leaveOpen: true);
    }

    public Task AddAsync<T>(string name, T value, CancellationToken cancellationToken) =>
        AddAsync(name, JsonSerializer.SerializeToUtf8Bytes(value, BackupFile.Json), cancellationToken);

    public async Task AddAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var content = new MemoryStream(bytes, writable: false);
        await _archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = BackupFile.OwnerOnly }, cancellationToken);
    }

    /// <summary>Adds a file; false where there is none.</summary>
    public async Task<bool> AddFileAsync(string name, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await _archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = BackupFile.OwnerOnly }, cancellationToken);
        return true;
    }

    /// <summary>Writes the last entry.</summary>
    public async Task EndAsync(BackupSummary summary, CancellationToken cancellationToken)
    {
        await AddAsync(BackupFile.End, summary, cancellationToken);
        await _archive.DisposeAsync();
        await _packed.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _archive.DisposeAsync();
        await _packed.DisposeAsync();
    }
}
