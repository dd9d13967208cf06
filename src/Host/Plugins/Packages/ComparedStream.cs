namespace Tessera.Host.Plugins.Packages;

/// <summary>Takes what is written and compares it with what should be, so that neither is held twice.</summary>
internal sealed class ComparedStream(ReadOnlyMemory<byte> expected) : Stream
{
    private bool differs;
    private int written;

    /// <summary>Whether all of it was written, and nothing else.</summary>
    public bool IsEqual => !differs && written == expected.Length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        differs = differs || buffer.Length > expected.Length - written || !buffer.SequenceEqual(expected.Span.Slice(written, buffer.Length));
        written += differs ? 0 : buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // All is compared at once.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
