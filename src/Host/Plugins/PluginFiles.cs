using Tessera.Host.Data;
using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;

namespace Tessera.Host.Plugins;

/// <summary>The packages that administrators installed, as they came, named by their hash. Bundled ones stay where the host lies.</summary>
internal sealed class PluginFiles(TesseraOptions options)
{
    private const string Ending = ".tessera";

    /// <summary>On the disk, whole, when it returns.</summary>
    public async Task KeepAsync(string sha256, ReadOnlyMemory<byte> package, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        var beside = path + ".new";
        await using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(package, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        DirectorySync.Flush(options.PluginsFolder);
    }

    /// <summary>Deletes what no row names: left behind by a stop between two steps, or by a removal. For whoever has the turn of packages.</summary>
    public void Sweep(IReadOnlySet<string> kept)
    {
        foreach (var path in Directory.EnumerateFiles(options.PluginsFolder))
        {
            if (!path.EndsWith(Ending, StringComparison.Ordinal) || !kept.Contains(Path.GetFileNameWithoutExtension(path)))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Where the package of that hash lies, if it is here.</summary>
    public string PathOf(string sha256) => Path.Combine(options.PluginsFolder, sha256 + Ending);
}
