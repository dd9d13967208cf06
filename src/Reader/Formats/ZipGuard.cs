using System.IO.Compression;

namespace Tessera.Reader.Formats;

/// <summary>Checks a zip container (also .docx, .xlsx, .pptx, .odt, .epub) by its directory before anything is unpacked.</summary>
internal static class ZipGuard
{
    public const int MaximumEntries = 10_000;
    public const long MaximumUnpacked = 512L << 20;
    private const long FreeOfRatio = 8L << 20;
    private const int MaximumRatio = 200;

    /// <summary>
    /// Opens the container after its directory was checked; .NET's entry streams end at the size that the directory states,
    /// so a lying size unpacks no more than was checked. The caller disposes it.
    /// </summary>
    /// <exception cref="UnreadableException">corrupt, unsafe-archive, too-large or encrypted.</exception>
    public static ZipArchive Open(SourceFile file)
    {
        var zip = OpenDirectory(file);
        try
        {
            Check(zip);
            return zip;
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>Checks and closes.</summary>
    /// <inheritdoc cref="Open"/>
    public static void Check(SourceFile file) => Open(file).Dispose();

    private static ZipArchive OpenDirectory(SourceFile file)
    {
        try
        {
            var zip = new ZipArchive(file.Open(), ZipArchiveMode.Read);
            _ = zip.Entries;
            return zip;
        }
        catch (InvalidDataException)
        {
            throw new UnreadableException("corrupt", "The file is cut off or damaged: the directory of its zip container cannot be read.");
        }
    }

    private static void Check(ZipArchive zip)
    {
        if (zip.Entries.Count > MaximumEntries)
        {
            throw new UnreadableException("unsafe-archive", $"The file holds more than {MaximumEntries:N0} entries.");
        }

        var total = 0L;
        foreach (var entry in zip.Entries)
        {
            EntryNames.Check(entry.FullName);
            if (((entry.ExternalAttributes >> 16) & 0xF000) is not (0 or 0x8000 or 0x4000))
            {
                throw new UnreadableException("unsafe-archive", "The file holds a link or a device among its entries.");
            }

            if (entry.IsEncrypted)
            {
                throw new UnreadableException("encrypted", "The file is protected with a password. Remove the password and upload it again.");
            }

            total += entry.Length;
            if (total > MaximumUnpacked || entry.Length < 0)
            {
                throw new UnreadableException("too-large", $"The file unpacks to more than {MaximumUnpacked >> 20} MB.");
            }

            if (entry.Length > FreeOfRatio && entry.Length / MaximumRatio > entry.CompressedLength)
            {
                throw new UnreadableException("unsafe-archive", "An entry of the file unpacks to more than 200 times its size, as bombs do.");
            }
        }
    }
}
