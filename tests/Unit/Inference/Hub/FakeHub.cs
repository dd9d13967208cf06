using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Tessera.Inference.Hub;

namespace Tessera.Unit.Inference.Hub;

/// <summary>A hub with one file that answers like Hugging Face's, ranges and all; each answer to a download can be spoilt.</summary>
internal sealed class FakeHub : IAsyncDisposable
{
    private int _downloads;

    public FakeHub()
    {
        Server = new LocalServer(AnswerAsync);
        new Random(7).NextBytes(Content);
    }

    public LocalServer Server { get; }

    public byte[] Content { get; set; } = new byte[3 << 20];

    public string Tag { get; set; } = "\"v1\"";

    public HubFile File => new("owner/name", "model-Q4_K_M.gguf", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)));

    /// <summary>Answers a download instead of the hub where it returns a task; told which download it is, from 1.</summary>
    public Func<LocalExchange, int, Task?> Spoil { get; set; } = (_, _) => null;

    public IEnumerable<LocalExchange> Downloads => Server.Exchanges.Where(x => x.Target.Contains("/resolve/", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>The head and some of the file, then nothing more.</summary>
    public async Task BeginAsync(LocalExchange exchange, int bytes)
    {
        await exchange.HeadAsync(200, $"Content-Length: {Content.Length}", $"ETag: {Tag}");
        await exchange.Stream.WriteAsync(Content.AsMemory(0, bytes), exchange.End);
    }

    /// <summary>The file or the part that is asked for.</summary>
    public Task SendAsync(LocalExchange exchange)
    {
        var hasSame = !exchange.Headers.TryGetValue("If-Range", out var tag) || tag == Tag;
        if (!hasSame || !exchange.Headers.TryGetValue("Range", out var range))
        {
            return exchange.SendAsync(200, Content, $"ETag: {Tag}");
        }

        var from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
        return exchange.SendAsync(206, Content[from..], $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}", $"ETag: {Tag}");
    }

    /// <summary>A list of files as the hub gives it.</summary>
    public static string List(params HubFile[] files) => JsonSerializer.Serialize(files.Select(x => new
    {
        type = "file",
        oid = "0123",
        size = 134,
        path = x.Path,
        lfs = x.Sha256.Length == 0 ? null : new { oid = x.Sha256, size = x.Size, pointerSize = 134 },
    }));

    private Task AnswerAsync(LocalExchange exchange) => exchange.Target switch
    {
        "/api/models/owner/name/tree/main?recursive=true" => exchange.SendAsync(200, List(File)),
        "/owner/name/resolve/main/model-Q4_K_M.gguf" => Spoil(exchange, ++_downloads) ?? SendAsync(exchange),
        _ => exchange.SendAsync(404, ""),
    };
}
