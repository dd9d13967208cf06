using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tessera.Rag.Ingestion;

/// <summary>How a program of ours is started as a child: its runtime, its environment and its walls.</summary>
public static class ChildLaunch
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

    /// <summary>A child with none of this process's environment, all three streams in the host's hands.</summary>
    /// <param name="assembly">The program.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="wall">What keeps it off the network.</param>
    /// <param name="scratch">A folder of its own: where it works, and its home.</param>
    /// <param name="heapLimit">Most bytes of its heap; beyond, it ends.</param>
    public static ProcessStartInfo Start(string assembly, IEnumerable<string> arguments, NetworkWall wall, string scratch, long heapLimit)
    {
        ArgumentNullException.ThrowIfNull(arguments);
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
        start.ArgumentList.Add(Path.GetFullPath(assembly));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["TMPDIR"] = scratch;
        start.Environment["HOME"] = scratch;
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        start.Environment["DOTNET_GCHeapHardLimit"] = heapLimit.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    /// <summary>The runtime that runs this process, whichever way it was started.</summary>
    public static string Dotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
