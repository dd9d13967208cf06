using Tessera.Reader.Formats;

namespace Tessera.Reader.Archives;

/// <summary>What an archive with all archives inside it may unpack to. Bombs end here, whichever container they use.</summary>
/// <param name="packedLength">Length of the outermost archive.</param>
internal sealed class UnpackBudget(long packedLength)
{
    /// <summary>An archive in an archive in an archive; deeper is refused.</summary>
    public const int MaximumDepth = 3;
    private const long AlwaysAllowed = 32L << 20;
    private const int MaximumRatio = 200;

    private long _bytes = Math.Min(ZipGuard.MaximumUnpacked, Math.Max(AlwaysAllowed, packedLength * MaximumRatio));
    private int _entries = ZipGuard.MaximumEntries;

    /// <summary>To be called for every entry.</summary>
    public void TakeEntry()
    {
        if (--_entries < 0)
        {
            throw new UnreadableException("unsafe-archive", $"The archive holds more than {ZipGuard.MaximumEntries:N0} entries.");
        }
    }

    /// <summary>Copies an entry, counting.</summary>
    /// <returns>CRC-32 and number of the bytes.</returns>
    /// <exception cref="UnreadableException">unsafe-archive or too-large.</exception>
    public (uint Crc, long Length) Copy(Stream from, Stream to)
    {
        var buffer = new byte[1 << 16];
        var crc = new Crc32();
        var length = 0L;
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            if ((_bytes -= read) < 0)
            {
                throw packedLength * MaximumRatio < ZipGuard.MaximumUnpacked
                    ? new UnreadableException("unsafe-archive", $"The archive unpacks to more than {MaximumRatio} times its size, as bombs do.")
                    : new UnreadableException("too-large", $"The archive unpacks to more than {ZipGuard.MaximumUnpacked >> 20} MB. Upload its parts.");
            }

            length += read;
            crc.Add(buffer.AsSpan(0, read));
            to.Write(buffer.AsSpan(0, read));
        }

        return (crc.Value, length);
    }
}
