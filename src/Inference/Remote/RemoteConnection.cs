using System.Net;
using System.Net.Sockets;

namespace Tessera.Inference.Remote;

/// <summary>Connects to a server by the address that its name has now: what is refused is decided on that address, not on the name.</summary>
internal static class RemoteConnection
{
    /// <exception cref="SocketException">No address may be used, or none answers.</exception>
    public static async ValueTask<Stream> OpenAsync(DnsEndPoint server, Func<IPAddress, bool> refuses, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(server.Host.Trim('[', ']'), out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(server.Host, cancellationToken).ConfigureAwait(false);
        IPAddress[] allowed = [.. found.Where(address => !refuses(address))];
        if (allowed.Length == 0)
        {
            throw new SocketException((int)SocketError.AccessDenied);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, server.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
