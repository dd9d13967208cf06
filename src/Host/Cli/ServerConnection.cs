using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Startup;

namespace Tessera.Host.Cli;

/// <summary>
/// Where a command's requests go: to the running server that <c>--url</c> names, or to a host of this process's own over the data
/// folder, reachable by nobody else. Either way the command goes through the REST API, with its checks and its replies.
/// </summary>
internal sealed class ServerConnection : IAsyncDisposable
{
    private const string KeyVariable = "TESSERA_KEY";
    private readonly WebApplication? _host;
    private readonly string? _socketFolder;

    private ServerConnection(HttpClient client, WebApplication? host, string? socketFolder) =>
        (Client, _host, _socketFolder) = (client, host, socketFolder);

    /// <summary>Speaks for the operator, or for the user of <c>TESSERA_KEY</c>.</summary>
    public HttpClient Client { get; }

    /// <exception cref="CommandFailedException">No such tenant, or no key.</exception>
    /// <exception cref="DataFolderBusyException">A running server owns the data folder.</exception>
    public static async Task<ServerConnection> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(GlobalOptions.Url) is { } url
            ? OpenRemote(url)
            : await OpenOwnAsync(Settings.Read(parsed), parsed.GetRequiredValue(GlobalOptions.Tenant), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_host is not null)
        {
            await _host.StopAsync();
            await _host.DisposeAsync();
        }

        if (_socketFolder is not null)
        {
            Directory.Delete(_socketFolder, recursive: true);
        }
    }

    private static ServerConnection OpenRemote(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CommandFailedException($"'{url}' is not an address. Write it as http://127.0.0.1:5080.", ExitCode.Usage);
        }

        var key = SecretFiles.Read(KeyVariable, Settings.Variable)
            ?? throw new CommandFailedException($"--url needs a key of that server in {KeyVariable}.", ExitCode.Usage);
        return new ServerConnection(Speaking(new SocketsHttpHandler(), address, key), null, null);
    }

    private static async Task<ServerConnection> OpenOwnAsync(TesseraOptions options, string tenant, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-").FullName;
        WebApplication? host = null;
        try
        {
            var door = new OperatorDoor(Path.Combine(folder, "host"));
            host = TesseraHost.Build(options with { Operator = door, Announcements = Console.Error }, []);
            await TesseraHost.PrepareAsync(host, cancellationToken);
            await EnterAsync(host, door, tenant, cancellationToken);
            await host.StartAsync(cancellationToken);
            var handler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, token) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    try
                    {
                        await socket.ConnectAsync(new UnixDomainSocketEndPoint(door.Socket), token);
                        return new NetworkStream(socket, ownsSocket: true);
                    }
                    catch
                    {
                        socket.Dispose();
                        throw;
                    }
                },
            };
            return new ServerConnection(Speaking(handler, new Uri("http://localhost"), door.Key), host, folder);
        }
        catch
        {
            if (host is not null)
            {
                await host.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private static async Task EnterAsync(WebApplication host, OperatorDoor door, string tenant, CancellationToken cancellationToken)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var key = tenant.ToLowerInvariant();
        var row = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Tenants.AsNoTracking()
            .FirstOrDefaultAsync(row => row.NameKey == key, cancellationToken);
        door.Tenant = row?.Id ?? throw new CommandFailedException($"There is no tenant '{tenant}'.");
    }

    private static HttpClient Speaking(SocketsHttpHandler handler, Uri address, string key)
    {
        var client = new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
