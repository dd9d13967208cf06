using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Tessera.Postgres;

/// <summary>
/// A PostgreSQL server of this process's own, with pgvector, out of what <c>tools/postgres/prepare</c> unpacked; it dies with the process, however
/// that ends. Safe for concurrent use.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>What a test that lacks it says when it is skipped.</summary>
    public const string Missing = "PostgreSQL with pgvector is not prepared: run tools/postgres/prepare as root.";

    private const string Programs = "/usr/lib/postgresql/17/bin";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresServer>> OfProcess = new(() => StartAsync());
    private readonly string name;
    private Process server;

    private PostgresServer(string name, int port, Process server) => (this.name, Port, this.server) = (name, port, server);

    /// <summary>The folder that the server is unpacked in: where the script puts it, among this user's data.</summary>
    public static string Root { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "tessera-postgres");

    /// <summary>Whether a server can be started here.</summary>
    public static bool IsPrepared => Environment.IsPrivilegedProcess && File.Exists(Path.Combine(Root, "ready"));

    /// <summary>On 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Connects as the one who may do everything.</summary>
    public string OwnerConnection => Connection("postgres", "postgres");

    /// <summary>The server that all tests of this process share: make databases of your own in it.</summary>
    public static Task<PostgresServer> SharedAsync() => OfProcess.Value;

    /// <summary>A server of one's own; dispose it.</summary>
    /// <param name="settings">Further settings, as <c>name=value</c>. It loses its last writes with the machine's power unless told otherwise.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var name = Guid.NewGuid().ToString("N");
        await RunAsync($"{Programs}/initdb -D /pg/{name} -U postgres -A trust --no-sync --locale=C.UTF-8 -E UTF8");
        var port = FreePort();
        var server = new PostgresServer(name, port, Start(name, port, settings));
        await server.WaitAsync();
        return server;
    }

    /// <summary>A new, empty database; the name is as good as random.</summary>
    public async Task<string> AddDatabaseAsync()
    {
        var database = $"t{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(OwnerConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {database}", connection);
        await command.ExecuteNonQueryAsync();
        return Connection(database, "postgres");
    }

    /// <summary>Stops the server as a loss of power would, and starts it again on the same data and port.</summary>
    public async Task CrashAsync(params string[] settings)
    {
        await StopAsync();
        File.Delete(Path.Combine(Root, "pg", name, "postmaster.pid"));
        server = Start(name, Port, settings);
        await WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Path.Combine(Root, "pg", name), recursive: true);
    }

    private string Connection(string database, string user) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = Port, Database = database, Username = user, IncludeErrorDetail = false,
    }.ConnectionString;

    // The shell waits for the end of its input, which comes with the end of this process, and takes the server along.
    private static Process Start(string name, int port, string[] settings)
    {
        var more = string.Concat(settings.Select(setting => $" -c {setting}"));
        var command = string.Create(CultureInfo.InvariantCulture, $"""
            {Programs}/postgres -D /pg/{name} -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=500{more} >>/pg/{name}.log 2>&1 &
            id=$!
            while read line; do :; done
            kill -QUIT $id
            wait $id
            """);
        return Run(command);
    }

    private static async Task RunAsync(string command)
    {
        using var process = Run(command);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"It ended with {process.ExitCode}: {said}");
        }
    }

    private static Process Run(string command) => Process.Start(new ProcessStartInfo("chroot")
    {
        ArgumentList = { "--userspec=65432:65432", Root, "/bin/sh", "-c", command },
        RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;

    private async Task WaitAsync()
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                await using var connection = new NpgsqlConnection(OwnerConnection + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (clock.Elapsed < StartLimit)
            {
                await Task.Delay(50);
            }
        }
    }

    private async Task StopAsync()
    {
        server.StandardInput.Close();
        await server.WaitForExitAsync();
        server.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
