using Tessera.Host.Hosts;

namespace Tessera.Host.Startup;

/// <summary>Makes the data folder for its owner alone.</summary>
internal static class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void EnsureCreated(TesseraOptions options)
    {
        foreach (var folder in (string[])
            [options.DataFolder, options.SharedRoot, options.KeysFolder, options.BlobsFolder, options.ChunksFolder, options.PluginsFolder, options.ModelsFolder, options.AdaptersFolder, options.AdaptedFolder, options.ScratchFolder])
        {
            Make(folder);
        }
    }

    /// <summary>Makes a folder, if it is not there, for its owner alone.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        File.SetUnixFileMode(folder, OwnerOnly);
    }

    /// <summary>What a process that died left half-done; for the folder's owner alone. Uploads beside other hosts' go when they have lain there for long.</summary>
    public static void EmptyScratch(TesseraOptions options, Abandoned abandoned)
    {
        foreach (var folder in Directory.EnumerateDirectories(options.ScratchFolder).Where(folder => folder != options.UploadsFolder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var upload in Directory.Exists(options.UploadsFolder) ? Directory.EnumerateFiles(options.UploadsFolder).Where(abandoned.Is) : [])
        {
            File.Delete(upload);
        }
    }
}
