using System.Net.Sockets;
using System.Text;

namespace Tessera.Unit.Inference;

/// <summary>One request to a <see cref="LocalServer"/> and the means to answer it.</summary>
internal sealed record LocalExchange(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body, int Number, Socket Socket, NetworkStream Stream, CancellationToken End)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public Task SendAsync(int status, string body, params string[] headers) => SendAsync(status, Encoding.UTF8.GetBytes(body), headers);

    public async Task SendAsync(int status, byte[] body, params string[] headers)
    {
        await HeadAsync(status, [$"Content-Length: {body.Length}", .. headers]);
        await Stream.WriteAsync(body, End);
    }

    public Task BeginAsync(params string[] headers) => HeadAsync(200, ["Transfer-Encoding: chunked", .. headers]);

    public Task ChunkAsync(string text)
        => RawAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

    public Task EndAsync() => RawAsync("0\r\n\r\n");

    public async Task RawAsync(string text) => await Stream.WriteAsync(Encoding.UTF8.GetBytes(text), End);

    /// <summary>Until the client goes or the test ends.</summary>
    public Task HangAsync() => Task.Delay(Timeout.Infinite, End);

    /// <summary>Cuts the connection as a crash does.</summary>
    public void Drop()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Close();
    }

    public async Task HeadAsync(int status, params string[] headers)
        => await RawAsync(string.Join("\r\n", [$"HTTP/1.1 {status} X", "Connection: close", .. headers]) + "\r\n\r\n");
}
