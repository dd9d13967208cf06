using System.Buffers.Binary;
using System.Text;

namespace Tessera.Host.Plugins.Packages;

/// <summary>
/// The canonical zip: entries sorted, stored, one fixed date, no attributes, extras or comments. The same entries always give
/// the same bytes, so whoever reads an archive can write it again and compare.
/// </summary>
internal static class PackageArchive
{
    public const int LargestArchive = 64 * 1024 * 1024;
    public const int MostEntries = 2000;

    private const uint LocalSignature = 0x04034B50;
    private const uint CentralSignature = 0x02014B50;
    private const uint EndSignature = 0x06054B50;
    private const int LocalHeader = 30;
    private const ushort Version = 10;
    private const ushort FirstOfJanuary1980 = 0x0021;

    private static ReadOnlySpan<byte> NoCommentNoAttributes => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Writes the entries in canonical order.</summary>
    public static byte[] Write(IEnumerable<PackageEntry> entries)
    {
        using var archive = new MemoryStream();
        Write(archive, entries);
        return archive.ToArray();
    }

    /// <summary>
    /// The entries in the order they stand in. Fields that carry nothing are not looked at: the caller writes the entries again
    /// and compares, see <see cref="IsCanonical"/>.
    /// </summary>
    /// <exception cref="PackageRefusedException">Too large, cut short, a bad or doubled name.</exception>
    public static IReadOnlyList<PackageEntry> Read(ReadOnlyMemory<byte> archive)
    {
        if (archive.Length > LargestArchive)
        {
            throw new PackageRefusedException("too-large", $"The package is larger than {LargestArchive >> 20} MB.");
        }

        var entries = new List<PackageEntry>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var rest = archive;
        while (rest.Length >= LocalHeader && BinaryPrimitives.ReadUInt32LittleEndian(rest.Span) == LocalSignature)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[18..]);
            var name = BinaryPrimitives.ReadUInt16LittleEndian(rest.Span[26..]);
            if (entries.Count == MostEntries || LocalHeader + (long)name + size > rest.Length)
            {
                throw NotCanonical();
            }

            var path = Encoding.Latin1.GetString(rest.Span.Slice(LocalHeader, name));
            PackagePath.Check(path);
            if (!seen.Add(path))
            {
                throw new PackageRefusedException("bad-name", $"The package holds two files named '{path}'.");
            }

            entries.Add(new PackageEntry(path, rest.Slice(LocalHeader + name, (int)size)));
            rest = rest[(LocalHeader + name + (int)size)..];
        }

        return entries.Count > 0 ? entries : throw NotCanonical();
    }

    /// <summary>Whether the archive is what <see cref="Write"/> makes of the entries, byte for byte.</summary>
    public static bool IsCanonical(ReadOnlyMemory<byte> archive, IReadOnlyList<PackageEntry> entries)
    {
        using var compared = new ComparedStream(archive);
        Write(compared, entries);
        return compared.IsEqual;
    }

    public static PackageRefusedException NotCanonical() => new(
        "not-canonical",
        "The file is not a package as 'plugins pack' writes it: it was cut short, changed, or made by another tool. Get it again from its publisher.");

    private static void Write(Stream archive, IEnumerable<PackageEntry> entries)
    {
        using var central = new MemoryStream();
        var (count, offset) = ((ushort)0, 0u);
        foreach (var entry in entries.OrderBy(entry => entry.Path, Comparer<string>.Create(PackagePath.Compare)))
        {
            var name = Encoding.ASCII.GetBytes(entry.Path);
            var sum = Crc32.Of(entry.Bytes.Span);
            Put(archive, LocalSignature);
            WriteShared(archive, entry, sum, name);
            archive.Write(name);
            archive.Write(entry.Bytes.Span);

            Put(central, CentralSignature);
            Put(central, Version);
            WriteShared(central, entry, sum, name);
            central.Write(NoCommentNoAttributes);
            Put(central, offset);
            central.Write(name);
            offset += (uint)(LocalHeader + name.Length + entry.Bytes.Length);
            count++;
        }

        central.WriteTo(archive);
        Put(archive, EndSignature);
        archive.Write(stackalloc byte[4]);
        Put(archive, count);
        Put(archive, count);
        Put(archive, (uint)central.Length);
        Put(archive, offset);
        archive.Write(stackalloc byte[2]);
    }

    private static void WriteShared(Stream stream, PackageEntry entry, uint sum, byte[] name)
    {
        Put(stream, Version);
        Put(stream, (ushort)0);
        Put(stream, (ushort)0);
        Put(stream, (ushort)0);
        Put(stream, FirstOfJanuary1980);
        Put(stream, sum);
        Put(stream, (uint)entry.Bytes.Length);
        Put(stream, (uint)entry.Bytes.Length);
        Put(stream, (ushort)name.Length);
        Put(stream, (ushort)0);
    }

    private static void Put(Stream stream, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void Put(Stream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
