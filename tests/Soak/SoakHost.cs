using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Npgsql;
using Tessera.Postgres;

namespace Tessera.Soak;

/// <summary>The host as an operator starts it, a process of its own, to be killed and started again over the same data.</summary>
internal sealed class SoakHost : IAsyncDisposable
{
    private const string Sign = "Tessera is ready: ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly Dictionary<string, string> settings = new() { ["TESSERA_ADMIN_KEY"] = RandomNumberGenerator.GetHexString(64, lowercase: true) };
    private Process? process;

    private SoakHost()
    {
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("tessera-soak-").FullName;

    public string DataFolder => Path.Combine(Folder, "data");

    /// <summary>Where the documents' bytes lie, with another host's where there are several.</summary>
    public string SharedFolder => settings.GetValueOrDefault("TESSERA_BLOBS") ?? DataFolder;

    /// <summary>The database, as the role that sees all; null where the rows lie in the folder.</summary>
    public string? Owner => settings.GetValueOrDefault("TESSERA_POSTGRES_OWNER");

    /// <summary>Speaks for the administrator. Another one after each start.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>The last lines that it printed.</summary>
    public Queue<string> Said { get; } = new();

    public bool HasEnded => process is null or { HasExited: true };

    public int ProcessId => process!.Id;

    /// <summary>Data of its own; nothing runs yet.</summary>
    public static async Task<SoakHost> CreateAsync(RowsKind rows, params (string Name, string Value)[] settings)
    {
        var host = new SoakHost();
        foreach (var (name, value) in settings)
        {
            host.settings[name] = value;
        }

        if (rows == RowsKind.Postgres)
        {
            Assert.SkipUnless(PostgresServer.IsPrepared, PostgresServer.Missing);
            var owner = await (await PostgresServer.SharedAsync()).AddDatabaseAsync();
            host.settings["TESSERA_POSTGRES_OWNER"] = owner;
            host.settings["TESSERA_POSTGRES"] = new NpgsqlConnectionStringBuilder(owner) { Username = "app", MaxPoolSize = 40 }.ConnectionString;
        }

        return host;
    }

    /// <summary>A second host over the same database and shared folder; it does not run yet.</summary>
    public SoakHost Another()
    {
        var host = new SoakHost();
        foreach (var (name, value) in settings)
        {
            host.settings[name] = value;
        }

        return host;
    }

    /// <summary>Starts it; false where it ended before it was ready.</summary>
    /// <param name="more">Settings for this start alone.</param>
    public async Task<bool> StartAsync(params (string Name, string Value)[] more)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Tessera.Host.dll"), "serve", "--urls", "http://127.0.0.1:0", "--data", DataFolder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder,
        };
        foreach (var (name, value) in settings.Select(pair => (pair.Key, pair.Value)).Concat(more))
        {
            start.Environment[name] = value;
        }

        var ready = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, ready: null);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (await ready.Task.WaitAsync(StartLimit) is not { } url)
        {
            await process.WaitForExitAsync();
            return false;
        }

        Http.Dispose();
        Http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings["TESSERA_ADMIN_KEY"]);
        return true;
    }

    /// <summary>Starts it and must succeed.</summary>
    public async Task RequireAsync(params (string Name, string Value)[] more) =>
        Assert.True(await StartAsync(more), $"It did not start:\n{string.Join('\n', Said)}");

    /// <summary>Runs another command over the same data; nothing may run there.</summary>
    public async Task RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Tessera.Host.dll"), .. command, "--data", DataFolder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var run = Process.Start(start)!;
        var (said, errors) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', command)}: {await said}{await errors}");
    }

    /// <summary><c>kill -9</c>; its readers go with it.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until it died by itself.</summary>
    public Task WaitForEndAsync(TimeSpan limit) => process!.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(limit);

    public async ValueTask DisposeAsync()
    {
        if (!HasEnded)
        {
            await KillAsync();
        }

        process?.Dispose();
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Hear(string? line, TaskCompletionSource<string?>? ready)
    {
        if (line is null)
        {
            ready?.TrySetResult(null);
            return;
        }

        lock (Said)
        {
            Said.Enqueue(line);
            if (Said.Count > 60)
            {
                Said.Dequeue();
            }
        }

        if (line.StartsWith(Sign, StringComparison.Ordinal))
        {
            ready?.TrySetResult(line[Sign.Length..].Split(' ')[0]);
        }
    }
}
