using System.Security.Cryptography;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Startup;

namespace Tessera.Host.Models;

/// <summary>
/// The files of models, named by their hash. What is kept is on the disk, file and folder, when a call returns; nothing is ever seen
/// half-written. What a pull has so far (<c>.part</c>) stays, so that it can go on. Safe for concurrent use.
/// </summary>
internal sealed class ModelFiles(TesseraOptions options, Abandoned abandoned)
{
    private const string Ending = ".gguf";
    private const string Staged = ".new";
    private const string Part = ".part";
    private const int BufferSize = 1024 * 1024;

    /// <summary>Where the model of that hash lies, if it is here.</summary>
    public string PathOf(string sha256) => PathOf(options, sha256);

    /// <summary>The same, for those who only look.</summary>
    public static string PathOf(TesseraOptions options, string sha256) => Path.Combine(options.ModelsFolder, sha256 + Ending);

    /// <summary>Where a pull collects the file of that hash.</summary>
    public string PartOf(string sha256) => Path.Combine(options.ModelsFolder, sha256 + Part);

    /// <summary>Writes a stream to the disk; null where it is longer than the limit.</summary>
    /// <exception cref="IOException">The disk is full, or fails; nothing stays.</exception>
    public async Task<StagedModel?> StageAsync(Stream content, long limit, CancellationToken cancellationToken)
    {
        var path = Path.Combine(options.ModelsFolder, Guid.NewGuid().ToString("N") + Staged);
        try
        {
            var (length, hash) = await WriteAsync(path, content, limit, cancellationToken);
            if (length <= limit)
            {
                return new StagedModel(path, length, hash);
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

    /// <summary>Takes what a pull has collected, as a file to be checked. The hash is computed anew.</summary>
    public async Task<StagedModel> StagePartAsync(string sha256, CancellationToken cancellationToken)
    {
        var part = PartOf(sha256);
        var (length, hash) = await HashAsync(part, progress: null, cancellationToken);
        var path = Path.Combine(options.ModelsFolder, Guid.NewGuid().ToString("N") + Staged);
        File.Move(part, path);
        return new StagedModel(path, length, hash);
    }

    /// <summary>Makes a staged file the model of its hash.</summary>
    public void Keep(StagedModel staged)
    {
        File.Move(staged.Path, PathOf(staged.Sha256), overwrite: true);
        staged.Moved();
        DirectorySync.Flush(options.ModelsFolder);
    }

    public void Delete(string sha256)
    {
        File.Delete(PathOf(sha256));
        DirectorySync.Flush(options.ModelsFolder);
    }

    /// <summary>Deletes what no row names: left behind by a stop between two steps. For the start, before anything is brought.</summary>
    public void Sweep(IReadOnlySet<string> kept)
    {
        foreach (var path in Directory.EnumerateFiles(options.ModelsFolder))
        {
            if ((path.EndsWith(Staged, StringComparison.Ordinal) && abandoned.Is(path))
                || (path.EndsWith(Ending, StringComparison.Ordinal) && !kept.Contains(Path.GetFileNameWithoutExtension(path))))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Length and hash (lower-case hex) of a file as it lies there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<(long Length, string Sha256)> HashAsync(string path, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var buffer = new byte[BufferSize];
        var length = 0L;
        for (int read; (read = await file.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            length += read;
            hash.AppendData(buffer, 0, read);
            progress?.Report((double)length / Math.Max(length, file.Length));
        }

        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task<(long Length, string Sha256)> WriteAsync(
        string path, Stream content, long limit, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        var buffer = new byte[BufferSize];
        var length = 0L;
        for (int read; length <= limit && (read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0;)
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
}
