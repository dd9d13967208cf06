namespace Tessera.Host.Startup;

/// <summary>Makes the data folder for its owner alone.</summary>
internal static class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void EnsureCreated(TesseraOptions options)
    {
        foreach (var folder in (string[])
            [options.DataFolder, options.KeysFolder, options.BlobsFolder, options.ChunksFolder, options.PluginsFolder, options.ModelsFolder, options.AdaptersFolder, options.AdaptedFolder, options.ScratchFolder])
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, OwnerOnly);
                File.SetUnixFileMode(folder, OwnerOnly);
            }
        }
    }

    /// <summary>What a process that died left half-done; for the folder's owner alone.</summary>
    public static void EmptyScratch(TesseraOptions options)
    {
        foreach (var folder in Directory.EnumerateDirectories(options.ScratchFolder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
