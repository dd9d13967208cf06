using Tessera.Host.Startup;

namespace Tessera.Host.Hosts;

/// <summary>
/// Tells files that a stop has left behind from those that another host is just writing: a start deletes what no row names, and beside other hosts only
/// what has lain there for long.
/// </summary>
internal sealed class Abandoned(TesseraOptions options, TimeProvider time)
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(6);

    /// <summary>Whether nobody can be at work on a file or folder that no row names.</summary>
    public bool Is(string path) => !options.IsServer || File.GetLastWriteTimeUtc(path) < time.GetUtcNow().UtcDateTime - Long;
}
