namespace Tessera.Reader.Archives;

/// <summary>A file in an archive.</summary>
/// <param name="Name">As written in the archive; checked by nobody yet.</param>
/// <param name="Open">Its unpacked bytes; to be read before the next entry is asked for.</param>
/// <param name="Crc">What the CRC-32 of the bytes must be; null where the container's reader checks by itself.</param>
/// <param name="LeastLength">How many bytes must come out at least; fewer mean that the archive is cut off.</param>
internal sealed record PackedEntry(string Name, Func<Stream> Open, uint? Crc = null, long LeastLength = 0);
