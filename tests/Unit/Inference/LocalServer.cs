using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tessera.Unit.Inference;

/// <summary>A web server on a free port of this machine that answers as a test tells it, down to the bytes; one request a connection.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<LocalExchange, Task> _answer;
    private readonly ConcurrentBag<Task> _running = [];
    private int _count;

    public LocalServer(Func<LocalExchange, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _running.Add(AcceptAsync());
    }

    public Uri Url { get; }

    public ConcurrentQueue<LocalExchange> Exchanges { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_running);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _running.Add(ServeAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (await ReadAsync(socket, stream) is { } exchange)
            {
                Exchanges.Enqueue(exchange);
                await _answer(exchange);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client or the test has gone: nothing to answer.
        }
    }

    private async Task<LocalExchange?> ReadAsync(Socket socket, NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(x => x.Split(": ", 2)).ToDictionary(x => x[0], x => x[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, null) : 0];
        await stream.ReadExactlyAsync(body, _end.Token);
        var first = lines[0].Split(' ');
        return new LocalExchange(first[0], first[1], headers, body, Interlocked.Increment(ref _count), socket, stream, _end.Token);
    }
}
