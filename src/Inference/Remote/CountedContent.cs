using System.Net;

namespace Tessera.Inference.Remote;

/// <summary>A request's body that counts itself each time when it has been sent.</summary>
internal sealed class CountedContent(byte[] body, RemoteCall? call) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
        call?.Sent(body.Length);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
