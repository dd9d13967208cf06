using System.Diagnostics;

[assembly: AssemblyFixture(typeof(Tessera.Portal.RunningHost))]

namespace Tessera.Portal;

/// <summary>The host as an administrator starts it: a process of its own on a free port, with a fresh data folder.</summary>
public sealed class RunningHost : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _data = Directory.CreateTempSubdirectory("tessera-portal-").FullName;
    private Process? _process;

    public string Url { get; private set; } = "";

    public static string Root { get; } = FindRoot();

    public static string Configuration { get; } = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;

    public static string Executable { get; } = Path.Combine(Root, "src", "Host", "bin", Configuration, "net10.0", "Tessera.Host.dll");

    public async ValueTask InitializeAsync()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [Executable, "serve", "--urls", "http://127.0.0.1:0", "--data", _data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _data,
            Environment = { ["TESSERA_ADMIN_PASSWORD"] = Password },
        })!;
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) =>
        {
            const string Sign = "Tessera is ready: ";
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException("The host ended before it was ready."));
            }
            else if (line.Data.Contains(Sign, StringComparison.Ordinal))
            {
                ready.TrySetResult(line.Data[(line.Data.IndexOf(Sign, StringComparison.Ordinal) + Sign.Length)..].Trim().TrimEnd('/'));
            }
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Url = await ready.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Platform.sln is not above the test.");
    }
}
