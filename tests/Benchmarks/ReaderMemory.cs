using System.Diagnostics;
using System.Globalization;

namespace Tessera.Benchmarks;

/// <summary>Watches the Reader processes of a host: the most that any of them had resident, by the kernel's own high-water mark. Linux only.</summary>
internal sealed class ReaderMemory : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private readonly Timer _timer;
    private readonly int _host;
    private long _most;

    public ReaderMemory(int host)
    {
        _host = host;
        _timer = new Timer(_ => Look(), null, Glance, Glance);
    }

    /// <summary>Bytes.</summary>
    public long Most => Interlocked.Read(ref _most);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(process, "cmdline")).Contains("Tessera.Reader", StringComparison.Ordinal) && IsBelow(process))
                {
                    var peak = Field(process, "VmHWM:") * 1024;
                    if (peak > Most)
                    {
                        Interlocked.Exchange(ref _most, peak);
                    }
                }
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at.
            }
        }
    }

    // The Reader may have been started through a wrapper that takes its network away.
    private bool IsBelow(string process)
    {
        for (var id = Field(process, "PPid:"); id > 1; id = Field($"/proc/{id}", "PPid:"))
        {
            if (id == _host)
            {
                return true;
            }
        }

        return false;
    }

    private static long Field(string process, string name)
    {
        var line = File.ReadLines(Path.Combine(process, "status")).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
