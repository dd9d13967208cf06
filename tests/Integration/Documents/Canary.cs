using System.Net;
using System.Net.Sockets;

namespace Tessera.Integration.Documents;

/// <summary>Listens where hostile files would call to. One at a time on a machine: others wait for the port.</summary>
internal sealed class Canary : IAsyncDisposable
{
    private const int Port = 18080;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly TcpListener _listener;
    private readonly Task _listening;
    private int _hits;

    private Canary(TcpListener listener)
    {
        _listener = listener;
        _listening = ListenAsync();
    }

    /// <summary>How often somebody called.</summary>
    public int Hits => _hits;

    public static async Task<Canary> OpenAsync()
    {
        for (var waited = TimeSpan.Zero; ; waited += Glance)
        {
            var listener = new TcpListener(IPAddress.Loopback, Port);
            try
            {
                listener.Start();
                return new Canary(listener);
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse && waited < Patience)
            {
                listener.Dispose();
                await Task.Delay(Glance, TestContext.Current.CancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _listening;
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _hits);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Stopped.
        }
    }
}
