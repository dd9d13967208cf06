using System.Diagnostics;
using System.Globalization;

namespace Tessera.Rag.Ingestion;

/// <summary>Resident memory of another process.</summary>
public static class ResidentMemory
{
    /// <summary>Of the process of that id.</summary>
    /// <returns>Bytes; 0 when the process is gone.</returns>
    public static long Of(int processId)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                using var process = Process.GetProcessById(processId);
                return process.WorkingSet64;
            }

            var fields = File.ReadAllText($"/proc/{processId}/statm").Split(' ');
            return long.Parse(fields[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            return 0;
        }
    }
}
