using System.ComponentModel;
using System.Diagnostics;

namespace Tessera.Reader.Ocr;

/// <summary>Runs an installed program with limits of its own: address space, processor time, time.</summary>
internal static class Tool
{
    private const int MemoryKilobytes = 480_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(x => File.Exists(Path.Combine(x, program)) || File.Exists(Path.Combine(x, program + ".exe")));

    /// <returns>What the program wrote; null where it failed or ran into a limit.</returns>
    public static string? Run(string program, int processorSeconds, params string[] arguments)
    {
        using var process = new Process { StartInfo = Start(program, processorSeconds, arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close();
        using var late = new Timer(_ => Kill(process), null, Patience, Timeout.InfiniteTimeSpan);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : null;
    }

    private static ProcessStartInfo Start(string program, int processorSeconds, string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.StandardOutputEncoding = System.Text.Encoding.UTF8;
        start.FileName = program;
        if (!OperatingSystem.IsWindows())
        {
            start.FileName = "/bin/sh";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"ulimit -c 0; ulimit -v {MemoryKilobytes}; ulimit -t {processorSeconds}; exec \"$0\" \"$@\"");
            start.ArgumentList.Add(program);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
        }
    }
}
