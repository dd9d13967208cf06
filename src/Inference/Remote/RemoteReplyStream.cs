namespace Tessera.Inference.Remote;

/// <summary>
/// The body of a reply, held to the endpoint's limits of time and size. What fails comes as <see cref="ModelException"/>. Owns the
/// response and the limit of the whole. Read forward, by one reader, asynchronously.
/// </summary>
internal sealed class RemoteReplyStream(
    RemoteAttempt.Begun begun, RemoteEndpoint endpoint, RemoteFaults faults, CancellationTokenSource whole, TimeProvider time) : Stream
{
    private ReadOnlyMemory<byte> _first = begun.First;
    private long _left = endpoint.LargestReply - begun.First.Length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left < 0)
        {
            throw faults.TooLarge();
        }

        if (!_first.IsEmpty)
        {
            var taken = Math.Min(buffer.Length, _first.Length);
            _first[..taken].CopyTo(buffer);
            _first = _first[taken..];
            return taken;
        }

        using var silence = new CancellationTokenSource(endpoint.Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token, whole.Token);
        try
        {
            var read = await begun.Body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
            _left -= read;
            return _left < 0 ? throw faults.TooLarge() : read;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw whole.IsCancellationRequested ? faults.SlowWhole() : faults.Silent();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw faults.BrokeOff(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Replies of model servers are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            begun.Response.Dispose();
            whole.Dispose();
        }

        base.Dispose(disposing);
    }
}
