using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Tessera.Benchmarks;

/// <summary>The host as a user starts it, a process of its own over a fresh data folder; deleted with it.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private const string ReadyLine = "Tessera is ready: ";
    private readonly Process process;
    private readonly string folder;

    private RunningHost(Process process, string folder, TimeSpan start)
    {
        (this.process, this.folder, Start) = (process, folder, start);
    }

    /// <summary>Speaks for the administrator.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>From the start of the process to the first 200 of <c>/health/ready</c>.</summary>
    public TimeSpan Start { get; private set; }

    public int ProcessId => process.Id;

    /// <summary>Resident memory of the host process alone, in bytes.</summary>
    public long Resident
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <exception cref="FileNotFoundException">The host was not built in this configuration.</exception>
    /// <param name="settings">Environment variables of the host.</param>
    public static async Task<RunningHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        var key = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var start = new ProcessStartInfo("dotnet", ["exec", FindHost(), "serve", "--urls", "http://127.0.0.1:0", "--data", folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["TESSERA_ADMIN_KEY"] = key;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        key = start.Environment["TESSERA_ADMIN_KEY"]!;

        var started = Stopwatch.GetTimestamp();
        var host = new RunningHost(Process.Start(start)!, folder, default);
        host.process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        host.process.BeginErrorReadLine();
        while (await host.process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(ReadyLine, StringComparison.Ordinal))
            {
                host.Http.BaseAddress = new Uri(line[ReadyLine.Length..].Split(' ')[0]);
                host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
                (await host.Http.GetAsync("/health/ready")).EnsureSuccessStatusCode();
                host.Start = Stopwatch.GetElapsedTime(started);
                return host;
            }
        }

        await host.DisposeAsync();
        throw new InvalidOperationException("The host ended at its start.");
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        await using var stream = await Http.GetStreamAsync(path);
        using var document = await JsonDocument.ParseAsync(stream);
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The host that was built in this configuration.</summary>
    public static string FindHost()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        for (var root = output; root is not null; root = root.Parent)
        {
            if (File.Exists(Path.Combine(root.FullName, "Platform.sln")))
            {
                var host = Path.Combine(root.FullName, "src", "Host", Path.GetRelativePath(Path.Combine(root.FullName, "tests", "Benchmarks"), output.FullName), "Tessera.Host.dll");
                return File.Exists(host) ? host : throw new FileNotFoundException("The host was not built.", host);
            }
        }

        throw new FileNotFoundException("Platform.sln is not above the benchmark's output.");
    }
}
