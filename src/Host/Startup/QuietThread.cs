using System.Runtime.InteropServices;

namespace Tessera.Host.Startup;

/// <summary>People wait for answers, nobody for a job or for the thousandth of his questions: whoever asks comes first on a busy machine.</summary>
internal static class QuietThread
{
    // A third of what another busy thread gets: a database or a training beside it must not starve the jobs.
    private const int Nice = 5;

    /// <summary>From here on the calling thread runs where others leave it a processor; it never starves.</summary>
    public static void Begin()
    {
        if (OperatingSystem.IsLinux())
        {
            // Priorities of threads are no matter of .NET on Linux. 0, 0: this thread. A thread may always make itself quieter; where a sandbox forbids it, it stays as it was.
            _ = SetPriority(0, 0, Nice);
        }
        else
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);
}
