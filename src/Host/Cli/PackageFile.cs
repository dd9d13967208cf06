using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Cli;

/// <summary>Packages as files, as the commands read and write them.</summary>
internal static class PackageFile
{
    /// <exception cref="CommandFailedException">There is no such file, or it is too large to be a package.</exception>
    public static byte[] Read(string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists)
        {
            throw new CommandFailedException($"There is no file '{file}'.");
        }

        return info.Length <= PackageArchive.LargestArchive
            ? File.ReadAllBytes(file)
            : throw new CommandFailedException($"'{file}' is larger than a package may be ({PackageArchive.LargestArchive >> 20} MB).");
    }

    /// <summary>Whole or not at all: written beside and renamed.</summary>
    public static void Write(string file, byte[] package)
    {
        var half = $"{file}.{Path.GetRandomFileName()}";
        File.WriteAllBytes(half, package);
        File.Move(half, file, overwrite: true);
    }
}
