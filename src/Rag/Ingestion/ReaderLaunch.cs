using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tessera.Rag.Ingestion;

/// <summary>How a Reader process is started: its runtime, its environment and its walls.</summary>
internal static class ReaderLaunch
{
    private const string Unshare = "unshare";

    /// <summary>Tries whether the system lets a process leave the network.</summary>
    public static async Task<NetworkWall> ProbeAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            return NetworkWall.ParsersOnly;
        }

        try
        {
            using var probe = Process.Start(new ProcessStartInfo(Unshare, ["-rn", "true"])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            await probe.WaitForExitAsync().ConfigureAwait(false);
            return probe.ExitCode == 0 ? NetworkWall.Namespace : NetworkWall.ParsersOnly;
        }
        catch (Win32Exception)
        {
            return NetworkWall.ParsersOnly;
        }
    }

    public static ProcessStartInfo Start(ReaderOptions options, NetworkWall wall, string scratch)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = scratch,
        };
        start.FileName = wall == NetworkWall.Namespace ? Unshare : Dotnet();
        if (wall == NetworkWall.Namespace)
        {
            start.ArgumentList.Add("-rn");
            start.ArgumentList.Add("--");
            start.ArgumentList.Add(Dotnet());
        }

        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.GetFullPath(options.Assembly));
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["TMPDIR"] = scratch;
        start.Environment["HOME"] = scratch;
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        start.Environment["DOTNET_GCHeapHardLimit"] = options.HeapLimit.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    /// <summary>The runtime that runs this process, whichever way it was started.</summary>
    private static string Dotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
