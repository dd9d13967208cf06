using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Tessera.Inference.Hub;

/// <summary>
/// Brings one file to one part file. The part is locked while it is written, and goes on where an earlier one stopped if the hub still
/// has the same file; its hash grows with it. One use.
/// </summary>
internal sealed class HubDownload : IDisposable
{
    private const int BufferSize = 128 << 10;
    private const int ProgressStep = 1 << 20;

    private readonly HubClient _client;
    private readonly HubFaults _faults;
    private readonly HubFile _file;
    private readonly IProgress<PullProgress>? _progress;
    private readonly string _tagPath;
    private readonly FileStream _part;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferSize];
    private long _reported = -1;

    /// <exception cref="ModelException">Another pull writes the part, or it cannot be written.</exception>
    public HubDownload(HubClient client, HubFaults faults, HubFile file, string partPath, IProgress<PullProgress>? progress)
    {
        (_client, _faults, _file, _progress, _tagPath) = (client, faults, file, progress, $"{partPath}.tag");
        try
        {
            _part = new FileStream(partPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _hash.Dispose();
            throw new ModelException(ModelFault.Failed, $"The file {partPath} cannot be written: another pull may be running, or the folder is not writable.", e);
        }
    }

    /// <summary>Bytes that are here.</summary>
    public long Length => _part.Length;

    /// <summary>Reads what an earlier pull left.</summary>
    public async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        if (_part.Length > _file.Size)
        {
            StartOver();
        }

        while (await _part.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            _hash.AppendData(_buffer, 0, read);
        }

        Report(atOnce: true);
    }

    /// <summary>Brings the rest, or as much as comes.</summary>
    /// <returns>Bytes that are here: all.</returns>
    /// <exception cref="HubInterruption">It stopped on the way; to be called again.</exception>
    /// <exception cref="ModelException">It cannot be brought.</exception>
    public async Task<long> ContinueAsync(CancellationToken cancellationToken)
    {
        var from = _part.Length;
        if (from == _file.Size && from > 0)
        {
            return from;
        }

        var path = string.Join('/', _file.Path.Split('/').Select(Uri.EscapeDataString));
        var range = from == 0 ? null : new HubRange(from, File.Exists(_tagPath) ? await File.ReadAllTextAsync(_tagPath, cancellationToken).ConfigureAwait(false) : null);
        using var response = await _client.GetAsync(_client.At($"{_file.Repository}/resolve/main/{path}"), range, cancellationToken).ConfigureAwait(false);
        await BeginAsync(response, from, cancellationToken).ConfigureAwait(false);

        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (await _client.ReadAsync(body, _buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (_part.Length + read > _file.Size)
            {
                StartOver();
                throw HubFaults.Changed(_file);
            }

            await WriteAsync(_buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            Report(atOnce: false);
        }

        return _part.Length == _file.Size ? _part.Length : throw _faults.BrokeOff();
    }

    /// <summary>Makes sure that what came is what the hub says and that it is on the disk.</summary>
    /// <exception cref="ModelException">It is not; nothing is left of it.</exception>
    public void Verify()
    {
        if (!Convert.ToHexStringLower(_hash.GetHashAndReset()).Equals(_file.Sha256, StringComparison.Ordinal))
        {
            StartOver();
            throw HubFaults.WrongHash(_file);
        }

        _part.Flush(flushToDisk: true);
        File.Delete(_tagPath);
        Report(atOnce: true);
    }

    public void Dispose()
    {
        _part.Dispose();
        _hash.Dispose();
    }

    // 206 goes on; 200 is the whole file, since it is asked for, or has changed, or the hub cannot go on.
    private async Task BeginAsync(HttpResponseMessage response, long from, CancellationToken cancellationToken)
    {
        var content = response.Content.Headers;
        if (response.StatusCode == HttpStatusCode.PartialContent && from > 0)
        {
            if (content.ContentRange is { } range && range.From == from && (range.Length ?? _file.Size) == _file.Size)
            {
                return;
            }

            StartOver();
            throw _faults.BrokeOff();
        }

        StartOver();
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw _faults.BrokeOff();
        }

        if ((content.ContentLength ?? _file.Size) != _file.Size)
        {
            throw HubFaults.Changed(_file);
        }

        if (response.Headers.ETag is { IsWeak: false } tag)
        {
            await File.WriteAllTextAsync(_tagPath, tag.Tag, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var length = _part.Length;
        try
        {
            await _part.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            // Half a piece would be in the way of the next pull.
            _part.SetLength(length);
            throw new ModelException(ModelFault.Failed, $"The file {_part.Name} cannot be written: see whether its disk is full.", e);
        }

        _hash.AppendData(bytes.Span);
    }

    private void StartOver()
    {
        _part.SetLength(0);
        File.Delete(_tagPath);
        _hash.GetHashAndReset(stackalloc byte[SHA256.HashSizeInBytes]);
    }

    private void Report(bool atOnce)
    {
        if (_progress is not null && _part.Length != _reported && (atOnce || Math.Abs(_part.Length - _reported) >= ProgressStep))
        {
            _reported = _part.Length;
            _progress.Report(new PullProgress(_reported, _file.Size));
        }
    }

    /// <summary>For messages: a size as people read it.</summary>
    public static string Show(long bytes) => bytes < 10_000_000
        ? $"{bytes.ToString(CultureInfo.InvariantCulture)} bytes"
        : $"{(bytes / 1e9).ToString("0.00", CultureInfo.InvariantCulture)} GB";
}
