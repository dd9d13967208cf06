using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using SharpCompress.Archives;
using SharpCompress.Archives.Rar;
using SharpCompress.Archives.SevenZip;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Xz;
using Tessera.Reader.Formats;
using CompressionMode = System.IO.Compression.CompressionMode;
using UnpackMode = SharpCompress.Compressors.CompressionMode;

namespace Tessera.Reader.Archives;

/// <summary>Lists the files of an archive of any kind, one after the other. Links, devices and passwords are refused.</summary>
internal static class PackedEntries
{
    /// <exception cref="UnreadableException">unsafe-archive, encrypted, corrupt or too-large; anything else that is thrown means corrupt.</exception>
    public static IEnumerable<PackedEntry> Of(SourceFile file)
    {
        using var stream = file.Open();
        Span<byte> head = stackalloc byte[8];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        return head switch
        {
            [0x50, 0x4B, ..] => Zip(file),
            [0x1F, 0x8B, ..] => Single(file, x => new GZipStream(x, CompressionMode.Decompress), ".gz", ".tgz", GzipLength(file)),
            [0x42, 0x5A, 0x68, ..] => Single(file, x => BZip2Stream.Create(x, UnpackMode.Decompress, true, false, false), ".bz2", ".tbz2"),
            [0xFD, 0x37, ..] => Single(file, x => new XZStream(x), ".xz", ".txz"),
            [0x37, 0x7A, ..] => Other(file, x => SevenZipArchive.OpenArchive(x)),
            [0x52, 0x61, ..] => Other(file, x => RarArchive.OpenArchive(x)),
            _ => Tar(file),
        };
    }

    private static IEnumerable<PackedEntry> Zip(SourceFile file)
    {
        using var zip = ZipGuard.Open(file);
        foreach (var entry in zip.Entries.Where(x => !x.FullName.EndsWith('/') && !x.FullName.EndsWith('\\')))
        {
            yield return new PackedEntry(entry.FullName, entry.Open, entry.Crc32);
        }
    }

    private static IEnumerable<PackedEntry> Tar(SourceFile file)
    {
        using var stream = file.Open();
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    yield return new PackedEntry(entry.Name, () => entry.DataStream ?? Stream.Null);
                    break;
                case TarEntryType.Directory or TarEntryType.DirectoryList or TarEntryType.GlobalExtendedAttributes:
                    EntryNames.Check(entry.Name);
                    break;
                default:
                    throw Link();
            }
        }
    }

    /// <summary>Compressors without names: the one file is called like the archive, without the compressor's ending.</summary>
    private static IEnumerable<PackedEntry> Single(SourceFile file, Func<Stream, Stream> unpack, string ending, string tarEnding, long leastLength = 0)
    {
        using var stream = file.Open();
        var name = Path.GetFileName(file.Name.Replace('\\', '/'));
        var inner = name.EndsWith(tarEnding, StringComparison.OrdinalIgnoreCase) ? Path.ChangeExtension(name, ".tar")
            : name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length]
            : name;
        yield return new PackedEntry(inner, () => unpack(stream), LeastLength: leastLength);
    }

    /// <summary>
    /// The framework's gzip stream ends without a word where the file is cut off. The last four bytes tell the length of the last
    /// member (mostly the only one), modulo 2^32; those of a cut file tell nonsense, nearly always too much.
    /// </summary>
    private static long GzipLength(SourceFile file)
    {
        using var stream = file.Open();
        Span<byte> tail = stackalloc byte[4];
        stream.Position = Math.Max(0, stream.Length - tail.Length);
        stream.ReadExactly(tail);
        return BinaryPrimitives.ReadUInt32LittleEndian(tail);
    }

    private static IEnumerable<PackedEntry> Other(SourceFile file, Func<Stream, IArchive> open)
    {
        using var stream = file.Open();
        using var archive = OpenOther(stream, open);
        foreach (var entry in archive.Entries)
        {
            if (entry.IsEncrypted)
            {
                throw Encrypted();
            }

            if (!string.IsNullOrEmpty(entry.LinkTarget))
            {
                throw Link();
            }

            if (!entry.IsDirectory)
            {
                yield return new PackedEntry(entry.Key ?? "", entry.OpenEntryStream);
            }
        }
    }

    private static IArchive OpenOther(Stream stream, Func<Stream, IArchive> open)
    {
        try
        {
            var archive = open(stream);
            _ = archive.Entries.Count();
            return archive;
        }
        catch (SharpCompress.Common.CryptographicException)
        {
            throw Encrypted();
        }
    }

    private static UnreadableException Encrypted() =>
        new("encrypted", "The archive is protected with a password. Remove the password and upload it again.");

    private static UnreadableException Link() => new("unsafe-archive", "The archive holds a link or a device among its entries.");
}
